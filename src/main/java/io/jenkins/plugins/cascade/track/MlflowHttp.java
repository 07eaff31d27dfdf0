package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of MLflow's REST API over {@code java.net.http}: bounded in time and in the size of an answer, repeated only
 * where that is safe, and only ever sent to the configured server (redirects are errors, since they would carry the
 * credentials elsewhere).
 */
final class MlflowHttp {
    private static final JsonMapper JSON = new JsonMapper();

    private final MlflowAddress address;
    private final MlflowCredentials credentials;
    private final HttpLimits limits;
    private final HttpClient client;

    MlflowHttp(MlflowAddress address, MlflowCredentials credentials, HttpLimits limits) {
        this.address = address;
        this.credentials = credentials;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectTimeout())
                .build();
    }

    MlflowAddress address() {
        return address;
    }

    /** A read; repeated when the server is busy or away. */
    String get(String call, Map<String, String> query) throws TrackingException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.api(call, query)).GET();
        return repeated(call, request, limits.attempts());
    }

    /** A write that may be repeated: sent twice it has the effect of once. */
    String postIdempotent(String call, String body) throws TrackingException {
        return repeated(call, post(call, body), limits.attempts());
    }

    /** A deletion; of what is gone already it is an error that the caller knows. */
    String deleteIdempotent(String call, String body) throws TrackingException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.api(call, Map.of()))
                .header("Content-Type", "application/json")
                .method("DELETE", HttpRequest.BodyPublishers.ofString(body));
        return repeated(call, request, limits.attempts());
    }

    /** A write that makes something new at every call, and so is sent once. */
    String postOnce(String call, String body) throws TrackingException {
        return repeated(call, post(call, body), 1);
    }

    private HttpRequest.Builder post(String call, String body) {
        return HttpRequest.newBuilder(address.api(call, Map.of()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private String repeated(String call, HttpRequest.Builder builder, int attempts) throws TrackingException {
        builder.header("Accept", "application/json");
        credentials.authorization().ifPresent(value -> builder.header("Authorization", value));
        HttpRequest request = builder.build();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call, request);
            } catch (TrackingException e) {
                boolean tooLong = e.retryAfter().compareTo(limits.backoff().longest()) > 0;
                if (attempt >= attempts
                        || !e.isWorthRetrying()
                        || tooLong
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(e.retryAfter().isZero() ? limits.backoff().pauseAfter(attempt) : e.retryAfter(), e);
            }
        }
    }

    private static void pause(Duration time, TrackingException reason) throws TrackingException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private String once(String call, HttpRequest request) throws TrackingException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new CappedBody(limits.maxBodyBytes()));
        try {
            return checked(call, answer.get(limits.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noAnswer("no answer within " + limits.requestTimeout().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw noAnswer("the call was interrupted", e);
        } catch (ExecutionException e) {
            throw noAnswer(reason(e.getCause()), e.getCause());
        }
    }

    private TrackingException noAnswer(String reason, Throwable cause) {
        return TrackingException.noAnswer("MLflow at " + address + " does not answer (" + reason + ")", cause);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "connection timed out";
        }
        if (failure instanceof ConnectException) {
            boolean unknown = failure.getCause() instanceof UnresolvedAddressException
                    || failure.getCause() instanceof ConnectException inner
                            && inner.getCause() instanceof UnresolvedAddressException;
            return unknown ? "unknown host" : "connection refused";
        }
        String message = failure instanceof IOException ? failure.getMessage() : null;
        return message == null ? failure.getClass().getSimpleName() : Answers.printable(message);
    }

    private String checked(String call, HttpResponse<byte[]> response) throws TrackingException {
        int status = response.statusCode();
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (status >= 200 && status < 300) {
            return body;
        }
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .map(Answers::retryAfter)
                .orElse(Duration.ZERO);
        if (status >= 300 && status < 400) {
            String target = response.headers().firstValue("Location").orElse("nowhere");
            throw new TrackingException(
                    "MLflow at " + address + " redirects to " + Answers.printable(target)
                            + "; set MLFLOW_TRACKING_URI to the address that answers",
                    status,
                    "",
                    retryAfter,
                    null);
        }
        JsonNode error = error(body);
        String code = Answers.printable(error.path("error_code").asText(""));
        String text = code.isEmpty()
                ? ""
                : ": " + code + ", " + Answers.printable(error.path("message").asText(""));
        throw new TrackingException(
                "MLflow at " + address + " answered " + status + " to " + call + text, status, code, retryAfter, null);
    }

    private static JsonNode error(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? JSON.missingNode() : node;
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
