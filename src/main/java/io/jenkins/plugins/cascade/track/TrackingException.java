package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A tracking server did not do what it was asked. The message is one sentence that names the server. */
public final class TrackingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;
    private final long retryAfterMillis;
    private final boolean lasting;

    TrackingException(String message, int status, String errorCode, Duration retryAfter, Throwable cause) {
        this(message, status, errorCode, retryAfter, false, cause);
    }

    private TrackingException(
            String message, int status, String errorCode, Duration retryAfter, boolean lasting, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
        this.status = status;
        this.errorCode = errorCode;
        this.retryAfterMillis = retryAfter.toMillis();
    }

    static TrackingException noAnswer(String message, Throwable cause) {
        return new TrackingException(message, 0, "", Duration.ZERO, cause);
    }

    /** A failure without an answer, which the same call would meet again. */
    static TrackingException lasting(String message, Throwable cause) {
        return new TrackingException(message, 0, "", Duration.ZERO, true, cause);
    }

    /** HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** MLflow's own code, such as {@code RESOURCE_DOES_NOT_EXIST}; empty when the answer had none. */
    public Optional<String> errorCode() {
        return errorCode.isEmpty() ? Optional.empty() : Optional.of(errorCode);
    }

    /** How long the server asked us to wait; zero when it did not. */
    public Duration retryAfter() {
        return Duration.ofMillis(retryAfterMillis);
    }

    /** Whether MLflow understood the call and will refuse it however often it is sent. */
    public boolean isRejection() {
        boolean aboutTheCall = status >= 400 && status < 500;
        boolean aboutUs = status == 401 || status == 403 || status == 408 || status == 429;
        return aboutTheCall && !aboutUs && !errorCode.isEmpty();
    }

    /** Whether MLflow says that the thing asked for is not there. */
    public boolean isNotFound() {
        return status == 404 && "RESOURCE_DOES_NOT_EXIST".equals(errorCode);
    }

    /** Whether the server is away or busy, as far as can be seen from here, and so may take the same call later. */
    boolean isAbsence() {
        return !lasting && (status == 0 || status == 408 || status == 429 || status == 502 || status == 503);
    }

    /** Whether the same call may succeed a little later. */
    boolean isWorthRetrying() {
        return !lasting && (status == 0 || status == 408 || status == 429 || status >= 500);
    }
}
