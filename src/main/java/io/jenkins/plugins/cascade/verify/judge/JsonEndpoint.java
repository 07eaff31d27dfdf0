package io.jenkins.plugins.cascade.verify.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cascade.verify.judge.CappedBody.TooLongException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON to one endpoint. Judging changes nothing there, so a call that failed in passing is sent again, after pauses that
 * double and are drawn at random below that (so that many threads do not come back at once). Redirects are not followed: they
 * would carry the key elsewhere. Safe for use by several threads.
 */
final class JsonEndpoint {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int MAX_DOUBLINGS = 20;

    private final Endpoint endpoint;
    private final HttpSettings settings;
    private final HttpClient client;
    private final ErrorBudget budget;

    JsonEndpoint(Endpoint endpoint, HttpSettings settings) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.budget = new ErrorBudget(settings.failuresInARow(), settings.rest());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** The answer to a request; its message never holds the key or what the endpoint wrote. */
    JsonNode post(JsonNode body) throws EndpointException {
        if (!budget.allows()) {
            throw EndpointException.lasting(
                    endpoint + " counts as down after " + budget.failures() + " failed calls in a row.", null);
        }
        try {
            JsonNode answer = repeated(request(body));
            budget.succeeded();
            return answer;
        } catch (EndpointException e) {
            budget.failed();
            throw e;
        }
    }

    private JsonNode repeated(HttpRequest request) throws EndpointException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (EndpointException e) {
                boolean tooLong = e.retryAfter().compareTo(settings.longestPause()) > 0;
                if (attempt >= settings.attempts() || !e.isPassing() || tooLong) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private HttpRequest request(JsonNode body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.uri())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        if (!endpoint.key().isEmpty()) {
            builder.header("Authorization", "Bearer " + endpoint.key());
        }
        return builder.build();
    }

    private void pause(int attempt, EndpointException reason) throws EndpointException {
        long doubled = settings.firstPause().toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long most = Math.min(doubled, settings.longestPause().toMillis());
        long millis = Math.max(
                reason.retryAfter().toMillis(), ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EndpointException.lasting("The call of " + endpoint + " was interrupted.", e);
        }
    }

    private JsonNode once(HttpRequest request) throws EndpointException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new CappedBody(settings.maxBodyBytes()));
        try {
            return read(answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw EndpointException.late(
                    endpoint + " did not answer within "
                            + settings.requestTimeout().toMillis() / 1000.0 + " seconds.",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw EndpointException.lasting("The call of " + endpoint + " was interrupted.", e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        }
    }

    private EndpointException unreachable(Throwable cause) {
        if (cause instanceof java.net.http.HttpTimeoutException) {
            return EndpointException.late(endpoint + " did not accept a connection in time.", cause);
        }
        if (cause instanceof TooLongException) {
            return EndpointException.lasting(endpoint + " cannot be used: " + cause.getMessage() + ".", cause);
        }
        String what = cause instanceof IOException ? "the connection failed" : "the call failed";
        return EndpointException.passing(
                endpoint + " does not answer: " + what + " (" + cause.getClass().getSimpleName() + ").",
                Duration.ZERO,
                cause);
    }

    private JsonNode read(HttpResponse<byte[]> response) throws EndpointException {
        int status = response.statusCode();
        if (PASSING.contains(status)) {
            throw EndpointException.passing(endpoint + " answered with status " + status + ".", wait(response), null);
        }
        if (status < 200 || status >= 300) {
            String hint = status >= 300 && status < 400 ? "; redirects are not followed, name the final address" : "";
            throw EndpointException.lasting(endpoint + " answered with status " + status + hint + ".", null);
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw EndpointException.lasting(endpoint + " answered with something that is no JSON.", e);
        } catch (IOException e) {
            throw EndpointException.lasting(endpoint + " answered with something that cannot be read.", e);
        }
    }

    /** The header's seconds; a date there counts as nothing, the own pauses serve then. */
    private static Duration wait(HttpResponse<byte[]> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("").strip();
        return seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }
}
