package io.jenkins.plugins.cascade.model.jinja;

/** A template that cannot be read or rendered; the message is a clause without a full stop. */
public class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refusal;

    /** @param message what is wrong */
    public JinjaException(String message) {
        this(message, false);
    }

    JinjaException(String message, boolean refusal) {
        super(message);
        this.refusal = refusal;
    }

    /** Whether the template itself refuses what it was given, by {@code raise_exception}. */
    public boolean isRefusal() {
        return refusal;
    }
}
