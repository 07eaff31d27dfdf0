package io.jenkins.plugins.cascade.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program without state, compiled by libtorch from text. The archive around the text is the one that
 * {@code torch.jit.save} writes: a zip with the code, a pickled empty object of its class, and the format's version.
 */
final class Program implements AutoCloseable {
    /** Name that makes DJL gather tensors into one argument of type {@code List[Tensor]}. */
    static final String WEIGHTS = "w[]";

    private static final String HEADER =
            """
            class Program(Module):
              __parameters__ = []
              __buffers__ = []
            """;
    private static final String FORMAT_VERSION = "10";

    private final PtSymbolBlock module;

    /**
     * @param methods the class's methods, indented by two spaces
     * @throws ModelException if libtorch does not accept the text
     */
    Program(PtNDManager manager, String methods) {
        try {
            module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive(HEADER + methods)), true, false);
        } catch (EngineException e) {
            throw new ModelException("libtorch does not compile the program: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a method so that its result can be differentiated.
     *
     * @param inputs tensors of a step's manager, at least one: what the method returns belongs to the manager of the first
     * @param weights the last argument
     */
    NDList differentiable(String method, List<PtNDArray> inputs, List<Parameter> weights) {
        return forward(method, inputs, weights, true);
    }

    /** As {@link #differentiable}, with a result that has no history and can take part in a differentiable computation. */
    NDList plain(String method, List<PtNDArray> inputs, List<Parameter> weights) {
        return forward(method, inputs, weights, false);
    }

    private NDList forward(String method, List<PtNDArray> inputs, List<Parameter> weights, boolean gradients) {
        Engine.prepareThread(gradients);
        NDList arguments = new NDList(inputs.size() + weights.size() + 1);
        arguments.addAll(inputs);
        weights.forEach(weight -> arguments.add(weight.tensor()));
        try (NDArray marker = inputs.get(0).getManager().create(0)) {
            marker.setName("module_method:" + method);
            arguments.add(marker);
            return IValueUtils.forward(module, arguments, true);
        } catch (EngineException e) {
            throw failure(method, e);
        }
    }

    /** Adds the gradients of a scalar to those of the parameters that it depends on. */
    static void backward(PtNDArray loss) {
        Engine.prepareThread(true);
        try (PtNDArray one = (PtNDArray) loss.getManager().create(1f)) {
            JniUtils.backward(loss, one, false, false);
        } catch (EngineException e) {
            throw failure("backward", e);
        }
    }

    /** Runs a method without gradients. The caller closes the result. */
    IValue run(String method, IValue... arguments) {
        Engine.prepareThread(false);
        try {
            return IValueUtils.runMethod(module, method, arguments);
        } catch (EngineException e) {
            throw failure(method, e);
        }
    }

    private static ModelException failure(String method, EngineException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("can't allocate memory") || message.contains("out of memory")) {
            return new OutOfDeviceMemoryException(method, e);
        }
        return new ModelException("libtorch fails in " + method + ": " + message, e);
    }

    private static byte[] archive(String code) throws IOException {
        // Protocol 2; an object of class Program made without arguments, its state an empty dictionary.
        byte[] object = "\u0080\u0002c__torch__\nProgram\n)\u0081}b.".getBytes(StandardCharsets.ISO_8859_1);
        byte[] emptyTuple = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "program/data.pkl", object);
            store(zip, "program/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "program/constants.pkl", emptyTuple);
            store(zip, "program/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** libtorch reads uncompressed entries only. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    @Override
    public void close() {
        module.close();
    }
}
