package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/** Writes float32 tensors as a safetensors file, under a temporary name until it is whole. */
final class SafetensorsWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /** @throws ModelException if the file cannot be written */
    static void write(Path file, Map<String, PtNDArray> tensors, Map<String, String> metadata) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, header(tensors, metadata));
                for (PtNDArray tensor : tensors.values()) {
                    writeFully(channel, tensor.toByteBuffer(true));
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static ByteBuffer header(Map<String, PtNDArray> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.set("__metadata__", MAPPER.valueToTree(metadata));
        long offset = 0;
        for (Map.Entry<String, PtNDArray> tensor : tensors.entrySet()) {
            long[] shape = tensor.getValue().getShape().getShape();
            long end = offset + tensor.getValue().size() * Float.BYTES;
            ObjectNode entry = json.putObject(tensor.getKey());
            entry.put("dtype", ElementType.F32.name());
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

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
