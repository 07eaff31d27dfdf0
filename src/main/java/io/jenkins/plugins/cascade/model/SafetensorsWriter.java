package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes float32 tensors as a safetensors file, in the type that is asked for, under a temporary name until it is whole. */
final class SafetensorsWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    private static final int NARROWED_AT_ONCE = 1 << 18;
    /** From here on half precision rounds to infinity. */
    private static final float LARGEST_HALF = 65520;

    private SafetensorsWriter() {}

    /** As {@link #write(Path, Map, Map, ElementType)} in float32. */
    static void write(Path file, Map<String, PtNDArray> tensors, Map<String, String> metadata) {
        write(file, tensors, metadata, ElementType.F32);
    }

    /** @throws ModelException if the file cannot be written, or a number does not fit into half precision */
    static void write(Path file, Map<String, PtNDArray> tensors, Map<String, String> metadata, ElementType type) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, header(tensors, metadata, type));
                for (Map.Entry<String, PtNDArray> tensor : tensors.entrySet()) {
                    write(channel, tensor.getKey(), tensor.getValue().toByteBuffer(true), type);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static ByteBuffer header(Map<String, PtNDArray> tensors, Map<String, String> metadata, ElementType type)
            throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        // In one order, because the same weights shall give the same bytes and so the same digest in every process.
        json.set("__metadata__", MAPPER.valueToTree(new TreeMap<>(metadata)));
        long offset = 0;
        for (Map.Entry<String, PtNDArray> tensor : tensors.entrySet()) {
            long[] shape = tensor.getValue().getShape().getShape();
            long end = offset + tensor.getValue().size() * type.bytes();
            ObjectNode entry = json.putObject(tensor.getKey());
            entry.put("dtype", type.name());
            entry.set("shape", MAPPER.valueToTree(shape));
            entry.set("data_offsets", MAPPER.valueToTree(new long[] {offset, end}));
            offset = end;
        }
        byte[] text = MAPPER.writeValueAsBytes(json);
        byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, (byte) ' '); // allowed, so that the tensors start aligned
        return ByteBuffer.allocate(Long.BYTES + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .flip();
    }

    private static void write(FileChannel channel, String name, ByteBuffer floats, ElementType type)
            throws IOException {
        if (type == ElementType.F32) {
            writeFully(channel, floats);
            return;
        }
        FloatBuffer values = floats.order(ByteOrder.nativeOrder()).asFloatBuffer();
        ByteBuffer narrowed =
                ByteBuffer.allocate(NARROWED_AT_ONCE * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            FloatBuffer part = values.slice(values.position(), Math.min(NARROWED_AT_ONCE, values.remaining()));
            values.position(values.position() + part.remaining());
            if (type == ElementType.F16) {
                requireHalf(name, part.duplicate());
            }
            type.narrow(part, narrowed.clear());
            writeFully(channel, narrowed.flip());
        }
    }

    private static void requireHalf(String name, FloatBuffer values) {
        while (values.hasRemaining()) {
            float value = values.get();
            if (!(Math.abs(value) < LARGEST_HALF)) {
                throw new ModelException(
                        "The weight " + name + " holds " + value + ", which fp16 cannot; save it in bf16 or fp32.");
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
