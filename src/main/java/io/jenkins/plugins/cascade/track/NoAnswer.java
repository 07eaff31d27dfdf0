package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why there was no answer, in one sentence. */
final class NoAnswer {
    private NoAnswer() {}

    static TrackingException because(MlflowAddress address, String reason, Throwable cause) {
        return TrackingException.noAnswer("MLflow at " + address + " does not answer (" + reason + ")", cause);
    }

    static TrackingException of(MlflowAddress address, Throwable failure) {
        if (failure instanceof ReceivedBody.RefusedException refused) {
            return TrackingException.lasting(refused.getMessage(), refused);
        }
        if (failure instanceof SSLException) {
            return because(
                    address,
                    "no secure connection: " + message(failure) + "; a certificate of your own is trusted when "
                            + MlflowTls.CA_FILE + " names the file of its authority",
                    failure);
        }
        return because(address, reason(failure), failure);
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
        return message(failure);
    }

    private static String message(Throwable failure) {
        String message = failure instanceof IOException ? failure.getMessage() : null;
        return message == null ? failure.getClass().getSimpleName() : Answers.printable(message);
    }
}
