package io.jenkins.plugins.cascade.model;

import java.util.function.Supplier;

/** The device cannot hold what a batch needs; a smaller batch may fit. */
public final class OutOfDeviceMemoryException extends ModelException {
    private static final long serialVersionUID = 1L;

    OutOfDeviceMemoryException(String method, Throwable cause) {
        this("There is not enough memory for " + method, cause, "; a smaller batch or shorter sequences need less.");
    }

    private OutOfDeviceMemoryException(String what, Throwable cause, String advice) {
        super(what + advice, cause);
    }

    /**
     * Does some work, and says how large its batch was if there is not enough memory for it.
     *
     * @throws OutOfDeviceMemoryException with the size of the batch
     */
    public static <T> T during(String work, BatchSize batch, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (OutOfDeviceMemoryException e) {
            throw new OutOfDeviceMemoryException(
                    "There is not enough memory for the " + work + " of " + batch,
                    e,
                    "; a smaller batch or shorter sequences need less.");
        }
    }
}
