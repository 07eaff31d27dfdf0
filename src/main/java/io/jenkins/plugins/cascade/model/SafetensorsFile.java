package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a safetensors file: eight bytes with the length of a JSON header, the header, the tensors' bytes (little-endian). The file
 * may come from anywhere, so that every length and offset is checked before it is used.
 */
final class SafetensorsFile implements AutoCloseable {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int LENGTH_BYTES = 8;
    /** The limit of the format's own library. */
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private record Entry(ElementType type, Shape shape, long start, long end) {}

    private SafetensorsFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws ModelException if the file is missing or its header does not describe its content */
    static SafetensorsFile open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            SafetensorsFile file = new SafetensorsFile(path, channel);
            try {
                file.readHeader();
                return file;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (JsonProcessingException e) {
            throw new ModelException(path + " has a header that is not valid JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new ModelException(path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private void readHeader() throws IOException {
        if (channel.size() < LENGTH_BYTES) {
            throw invalid("it is too short");
        }
        ByteBuffer map = channel.map(MapMode.READ_ONLY, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long length = map.getLong(0);
        if (length < 0 || length > LONGEST_HEADER || length > channel.size() - LENGTH_BYTES) {
            throw invalid("its header claims " + length + " bytes");
        }
        byte[] header = new byte[(int) length];
        channel.map(MapMode.READ_ONLY, LENGTH_BYTES, length).get(header);
        JsonNode json = MAPPER.readTree(header);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(item ->
                                metadata.put(item.getKey(), item.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue(), LENGTH_BYTES + length));
            }
        }
        requireWholeCover(LENGTH_BYTES + length);
    }

    /** As the format asks: the tensors follow each other without gap or overlap from the header to the file's end. */
    private void requireWholeCover(long dataStart) throws IOException {
        long end = dataStart;
        List<Map.Entry<String, Entry>> inOrder = entries.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Entry> named) -> named.getValue().start)
                        .thenComparingLong(named -> named.getValue().end))
                .toList();
        for (Map.Entry<String, Entry> named : inOrder) {
            if (named.getValue().start != end) {
                throw invalid("tensor " + named.getKey() + " does not begin where the one before it ends");
            }
            end = named.getValue().end;
        }
        if (end != channel.size()) {
            throw invalid("it has " + (channel.size() - end) + " bytes that belong to no tensor");
        }
    }

    private Entry entry(String name, JsonNode json, long dataStart) throws IOException {
        ElementType type = ElementType.of(json.path("dtype").asText())
                .orElseThrow(() -> invalid("tensor " + name + " has the type " + json.path("dtype")
                        + "; supported are F32, BF16 and F16"));
        JsonNode dimensions = json.path("shape");
        long[] shape = new long[dimensions.size()];
        long size = type.bytes();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.path(i).asLong(-1);
            if (shape[i] < 0 || shape[i] > channel.size()) {
                throw invalid("tensor " + name + " has the shape " + dimensions);
            }
            if (shape[i] != 0 && size > channel.size() / shape[i]) {
                throw invalid("tensor " + name + " has the shape " + dimensions + ", which is larger than the file");
            }
            size *= shape[i];
        }
        long start = dataStart + json.path("data_offsets").path(0).asLong(-1);
        long end = dataStart + json.path("data_offsets").path(1).asLong(-1);
        if (start < dataStart || end > channel.size() || end - start != size) {
            throw invalid("tensor " + name + " does not lie within the file");
        }
        return new Entry(type, new Shape(shape), start, end);
    }

    /** The types of all tensors. */
    Set<ElementType> types() {
        Set<ElementType> types = EnumSet.noneOf(ElementType.class);
        entries.values().forEach(entry -> types.add(entry.type));
        return types;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Set<String> names() {
        return entries.keySet();
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** @throws ModelException if there is no such tensor */
    Shape shape(String name) {
        return find(name).shape;
    }

    /** Writes the tensor's values as float32 in native order into the buffer. */
    void read(String name, ByteBuffer target) {
        Entry entry = find(name);
        ByteBuffer source = bytes(name).order(ByteOrder.LITTLE_ENDIAN);
        entry.type.widen(source, target.asFloatBuffer());
    }

    /** The bytes of a tensor as they lie in the file. */
    ByteBuffer bytes(String name) {
        Entry entry = find(name);
        try {
            return channel.map(MapMode.READ_ONLY, entry.start, entry.end - entry.start);
        } catch (IOException e) {
            throw new ModelException(path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    Path path() {
        return path;
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw invalid("it has no tensor " + name);
        }
        return entry;
    }

    private ModelException invalid(String reason) {
        return new ModelException(path + " is not a usable safetensors file: " + reason + ".");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ModelException(path + " cannot be closed: " + e.getMessage() + ".", e);
        }
    }
}
