package io.jenkins.plugins.cascade.model;

/** A model, tokenizer or checkpoint that cannot be used; the message is one sentence naming what is wrong and where. */
public class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
