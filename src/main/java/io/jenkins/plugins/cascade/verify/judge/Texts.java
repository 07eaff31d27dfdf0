package io.jenkins.plugins.cascade.verify.judge;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import java.util.Map;
import java.util.Set;

/** The fields of a specification, which are texts. */
final class Texts {

    private Texts() {}

    /** Refuses fields that are unknown or no texts, among them an address or a key, which belong into the environment. */
    static void check(String type, JsonNode spec, Set<String> known) {
        for (Map.Entry<String, JsonNode> field : spec.properties()) {
            if (!known.contains(field.getKey())) {
                throw new InvalidVerifierException("A " + type + " verifier has no field '" + field.getKey()
                        + "'; addresses and keys belong into the environment.");
            }
            if (!field.getValue().isTextual()) {
                throw new InvalidVerifierException(
                        "A " + type + " verifier's '" + field.getKey() + "' must be a text.");
            }
        }
    }
}
