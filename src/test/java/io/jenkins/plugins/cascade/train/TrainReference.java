package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Parameter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What {@code bench/reference/train_reference.py} and {@code policy_reference.py} wrote. */
final class TrainReference {
    private TrainReference() {}

    static Path path(String name) {
        try {
            return Path.of(TrainReference.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode expected() throws IOException {
        return json("train_expected.json");
    }

    static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(path(name).toFile());
    }

    static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    /** A list of numbers, null as NaN. */
    static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(node -> node.isNull() ? Double.NaN : node.doubleValue())
                .toArray();
    }

    /** Holds when the relative L2 distance of all gradients together is below 1e-5. */
    static void assertGradients(CausalLM model, JsonNode names, String file) throws IOException {
        ByteBuffer wanted = ByteBuffer.wrap(Files.readAllBytes(path(file))).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Parameter> parameters = new HashMap<>();
        model.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
        double distance = 0;
        double length = 0;
        for (JsonNode name : names) {
            for (float gradient : parameters.get(name.textValue()).gradient()) {
                double reference = wanted.getFloat();
                distance += (gradient - reference) * (gradient - reference);
                length += reference * reference;
            }
        }
        assertTrue(!wanted.hasRemaining(), "The reference has more parameters.");
        double relative = Math.sqrt(distance / length);
        assertTrue(relative < 1e-5, "relative error " + relative);
    }
}
