package io.jenkins.plugins.cascade.model;

/** The device cannot hold what a batch needs; a smaller batch may fit. */
public final class OutOfDeviceMemoryException extends ModelException {
    private static final long serialVersionUID = 1L;

    OutOfDeviceMemoryException(String method, Throwable cause) {
        super("There is not enough memory for " + method + "; a smaller batch or shorter sequences need less.", cause);
    }
}
