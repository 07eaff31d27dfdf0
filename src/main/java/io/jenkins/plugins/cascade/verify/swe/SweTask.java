package io.jenkins.plugins.cascade.verify.swe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files before and after the reference patch.
 *
 * @param original content by path
 * @param expected content by path of the files that the reference patch changes or adds, all others unchanged
 */
record SweTask(Map<String, String> original, Map<String, String> expected) {

    /** The path of an only file that a specification does not name. */
    static final String UNNAMED = "file";

    static SweTask of(JsonNode spec) {
        Map<String, String> original = spec.has("files")
                ? texts(spec.get("files"), "files")
                : Map.of(spec.path("path").asText(UNNAMED), text(spec, "original"));
        Map<String, String> expected = new LinkedHashMap<>(original);
        if (spec.has("patch")) {
            try {
                expected.putAll(UnifiedDiffs.apply(text(spec, "patch"), original));
            } catch (PatchException e) {
                throw new InvalidVerifierException(
                        "The reference patch of a swe verifier cannot be applied: " + e.getMessage() + ".");
            }
        } else if (spec.path("expected").isObject()) {
            expected.putAll(texts(spec.get("expected"), "expected"));
        } else {
            expected.put(original.keySet().iterator().next(), text(spec, "expected"));
        }
        if (expected.equals(original)) {
            throw new InvalidVerifierException("The reference of a swe verifier changes nothing.");
        }
        return new SweTask(original, expected);
    }

    private static Map<String, String> texts(JsonNode object, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getValue().isTextual()) {
                throw new InvalidVerifierException("A swe verifier's '" + name + "' must hold texts by path.");
            }
            texts.put(field.getKey(), field.getValue().asText());
        }
        if (texts.isEmpty()) {
            throw new InvalidVerifierException(
                    "A swe verifier's '" + name + "' must hold at least one text by its path.");
        }
        return texts;
    }

    private static String text(JsonNode spec, String name) {
        if (!spec.path(name).isTextual()) {
            throw new InvalidVerifierException(
                    "A swe verifier needs 'files' (or 'original') and 'expected' (or 'patch'); '" + name
                            + "' is missing.");
        }
        return spec.get(name).asText();
    }
}
