package io.jenkins.plugins.cascade.verify;

/** A verifier judged a known answer wrongly; nothing may be trained or gated with it. */
public class CanaryException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message which answer was misjudged and how */
    public CanaryException(String message) {
        super(message);
    }
}
