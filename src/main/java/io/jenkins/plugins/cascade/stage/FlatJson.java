package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON tree as flat names and texts: {@code policy.optimizer.learningRate} to {@code 2.0E-6}, {@code data.0.role} to {@code sft}. */
final class FlatJson {
    private FlatJson() {}

    static SortedMap<String, String> of(JsonNode node) {
        SortedMap<String, String> flat = new TreeMap<>();
        add("", node, flat);
        return flat;
    }

    private static void add(String name, JsonNode node, SortedMap<String, String> flat) {
        String prefix = name.isEmpty() ? "" : name + ".";
        if (node.isObject()) {
            node.properties().forEach(field -> add(prefix + field.getKey(), field.getValue(), flat));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(prefix + i, node.get(i), flat);
            }
        } else {
            flat.put(name, node.asText());
        }
    }
}
