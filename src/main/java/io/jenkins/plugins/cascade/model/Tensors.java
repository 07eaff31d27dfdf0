package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes long-lived float32 tensors in libtorch's own memory. DJL lends a direct buffer's memory to the tensor it creates; one such
 * buffer, reused from tensor to tensor, keeps Java's direct memory small however large the model.
 */
final class Tensors {
    private final PtNDManager manager;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    Tensors(PtNDManager manager) {
        this.manager = manager;
    }

    /** A buffer for the values of a tensor of this shape, to be filled from its start; the next call reuses it. */
    ByteBuffer bufferFor(String name, Shape shape) {
        long bytes = Math.multiplyExact(shape.size(), (long) Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new ModelException(
                    "The tensor " + name + " is larger than 2 GiB in float32, which is not supported.");
        }
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect((int) bytes);
        }
        return buffer.clear().limit((int) bytes).order(ByteOrder.nativeOrder());
    }

    /** The tensor whose values {@link #bufferFor} took. */
    PtNDArray fromBuffer(Shape shape) {
        buffer.rewind();
        try (PtNDArray lent = manager.create(buffer, shape, DataType.FLOAT32)) {
            return copy(lent, manager);
        }
    }

    static PtNDArray copy(PtNDArray tensor, PtNDManager owner) {
        PtNDArray copy = (PtNDArray) tensor.duplicate();
        copy.attach(owner);
        return copy;
    }
}
