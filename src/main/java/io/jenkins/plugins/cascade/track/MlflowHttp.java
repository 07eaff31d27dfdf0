package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Calls of MLflow's REST API over {@code java.net.http}: bounded in time and in the size of an answer, repeated only
 * where that is safe, and only ever sent to the configured server (redirects are errors, since they would carry the
 * credentials elsewhere).
 */
final class MlflowHttp {
    private final MlflowAddress address;
    private final MlflowCredentials credentials;
    private final HttpLimits limits;
    private final HttpClient client;

    MlflowHttp(MlflowAddress address, MlflowCredentials credentials, HttpLimits limits) {
        this(address, credentials, limits, Optional.empty());
    }

    /**
     * The way to a server.
     *
     * @param tls what secure connections are made with; empty for the JVM's own
     */
    MlflowHttp(MlflowAddress address, MlflowCredentials credentials, HttpLimits limits, Optional<SSLContext> tls) {
        this.address = address;
        this.credentials = credentials;
        this.limits = limits;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectTimeout());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    MlflowAddress address() {
        return address;
    }

    /** A read; repeated when the server is busy or away. */
    String get(String call, Map<String, String> query) throws TrackingException {
        return text(call, HttpRequest.newBuilder(address.api(call, query)).GET(), limits.attempts());
    }

    /** A write that may be repeated: sent twice it has the effect of once. */
    String postIdempotent(String call, String body) throws TrackingException {
        return text(call, json("POST", call, body), limits.attempts());
    }

    /** A deletion; of what is gone already it is an error that the caller knows. */
    String deleteIdempotent(String call, String body) throws TrackingException {
        return text(call, json("DELETE", call, body), limits.attempts());
    }

    /** A write that makes something new at every call, and so is sent once. */
    String postOnce(String call, String body) throws TrackingException {
        return text(call, json("POST", call, body), 1);
    }

    private HttpRequest.Builder json(String method, String call, String body) {
        return HttpRequest.newBuilder(address.api(call, Map.of()))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private String text(String call, HttpRequest.Builder request, int attempts) throws TrackingException {
        request.setHeader("Accept", "application/json");
        Waiting waiting = Waiting.atMost(limits.requestTimeout());
        byte[] body = this.<byte[], TrackingException>repeated(
                attempts, () -> exchange(call, request, () -> new CappedBody(limits.maxBodyBytes()), waiting));
        return new String(body, StandardCharsets.UTF_8);
    }

    /** One attempt of something. */
    interface Attempt<T, X extends IOException> {
        T make() throws X, TrackingException;
    }

    /** Makes an attempt again, after a pause, as often as an idempotent call may be sent. */
    <T, X extends IOException> T repeated(Attempt<T, X> attempt) throws X, TrackingException {
        return repeated(limits.attempts(), attempt);
    }

    private <T, X extends IOException> T repeated(int attempts, Attempt<T, X> attempt) throws X, TrackingException {
        for (int number = 1; ; number++) {
            try {
                return attempt.make();
            } catch (TrackingException e) {
                boolean tooLong = e.retryAfter().compareTo(limits.backoff().longest()) > 0;
                if (number >= attempts
                        || !e.isWorthRetrying()
                        || tooLong
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(e.retryAfter().isZero() ? limits.backoff().pauseAfter(number) : e.retryAfter(), e);
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

    /** The body of an answer: what was asked for, or, when the answer is no success, what it says. */
    private record Body<T>(T wanted, byte[] refusal) {}

    /**
     * Sends a request once.
     *
     * @param call what is called, for the messages
     * @param wanted takes the body of a successful answer
     * @param waiting how long
     */
    <T> T exchange(
            String call, HttpRequest.Builder builder, Supplier<HttpResponse.BodySubscriber<T>> wanted, Waiting waiting)
            throws TrackingException {
        credentials.authorization().ifPresent(value -> builder.setHeader("Authorization", value));
        CompletableFuture<HttpResponse<Body<T>>> answer =
                client.sendAsync(builder.build(), info -> body(info.statusCode(), wanted));
        try {
            HttpResponse<Body<T>> response = waiting.get(answer);
            Body<T> body = response.body();
            if (body.refusal() != null) {
                throw Refusal.of(address, call, response.statusCode(), response.headers(), body.refusal());
            }
            return body.wanted();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw NoAnswer.because(address, e.getMessage(), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw NoAnswer.because(address, "the call was interrupted", e);
        } catch (ExecutionException e) {
            throw NoAnswer.of(address, e.getCause());
        }
    }

    private <T> HttpResponse.BodySubscriber<Body<T>> body(int status, Supplier<HttpResponse.BodySubscriber<T>> wanted) {
        boolean success = status >= 200 && status < 300;
        return success
                ? HttpResponse.BodySubscribers.mapping(wanted.get(), body -> new Body<>(body, null))
                : HttpResponse.BodySubscribers.mapping(
                        new CappedBody(limits.maxBodyBytes()), body -> new Body<>(null, body));
    }
}
