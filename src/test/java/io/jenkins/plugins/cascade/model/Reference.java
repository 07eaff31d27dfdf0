package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A tiny model of one family with the numbers that bench/reference/model_reference.py got from transformers. */
final class Reference {
    private final Path folder;
    private final JsonNode expected;

    Reference(String family) {
        folder = folder(family);
        expected = JsonFile.read(folder.resolve("expected.json"));
    }

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(Reference.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    JsonNode expected() {
        return expected;
    }

    List<int[]> sequences() {
        List<int[]> sequences = new ArrayList<>();
        expected.path("sequences").forEach(row -> sequences.add(ints(row)));
        return sequences;
    }

    List<WeightedSequence> weighted() {
        List<WeightedSequence> weighted = new ArrayList<>();
        for (int i = 0; i < expected.path("sequences").size(); i++) {
            weighted.add(new WeightedSequence(
                    ints(expected.path("sequences").path(i)),
                    floats(expected.path("weights").path(i))));
        }
        return weighted;
    }

    List<RewardModel.Pair> pairs() {
        JsonNode reward = expected.path("reward");
        List<RewardModel.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < reward.path("chosen").size(); i++) {
            pairs.add(new RewardModel.Pair(
                    sequences().get(reward.path("chosen").path(i).asInt()),
                    sequences().get(reward.path("rejected").path(i).asInt())));
        }
        return pairs;
    }

    /** All tensors of a safetensors file of the family. */
    Map<String, float[]> tensors(String file) {
        return read(folder.resolve(file));
    }

    static Map<String, float[]> read(Path path) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        try (SafetensorsFile safetensors = SafetensorsFile.open(path)) {
            for (String name : safetensors.names()) {
                float[] values = new float[(int) safetensors.shape(name).size()];
                ByteBuffer buffer =
                        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
                safetensors.read(name, buffer);
                buffer.asFloatBuffer().get(values);
                tensors.put(name, values);
            }
        }
        return tensors;
    }

    static int[] ints(JsonNode row) {
        int[] values = new int[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.path(i).asInt();
        }
        return values;
    }

    static float[] floats(JsonNode row) {
        float[] values = new float[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) row.path(i).asDouble();
        }
        return values;
    }

    /** L2 norm of the difference over the L2 norm of what was expected. */
    static double relativeError(float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            throw new AssertionError("expected " + expected.length + " values, got " + actual.length);
        }
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / Math.max(norm, 1e-30));
    }
}
