package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The settings that came after the first content keys were made. Where they have the value that stages had before, they are no part of the
 * key, so that a result from then is still the result of the same stage; a settings file lists them all the same. How many checkpoints are
 * kept changes no result and is never a part of it.
 */
final class LaterSettings {
    private static final JsonNode AS_BEFORE = CanonicalJson.MAPPER.valueToTree(Map.of(
            "policy",
            Map.of(
                    "loss", LossSettings.PAPER,
                    "filter", FilterSettings.NONE,
                    "curriculum", CurriculumSettings.NONE,
                    "samplingSchedule", SamplingSchedule.CONSTANT,
                    "modes", ModeMix.AS_WRITTEN,
                    "language", LanguageSettings.OFF,
                    "sharePrompts", false),
            "rewardModel",
            Map.of("microBatch", 0),
            "packing",
            false,
            "phases",
            List.of(),
            "numerics",
            NumericSettings.DEFAULT));

    private static final String KEPT = "keepCheckpoints";

    private LaterSettings() {}

    /** Takes them out of the settings where they are as before. */
    static void leaveOut(ObjectNode settings) {
        leaveOut(settings, AS_BEFORE);
        settings.remove(KEPT);
        if (settings.get("policy") instanceof ObjectNode policy) {
            policy.remove(KEPT);
        }
    }

    private static void leaveOut(ObjectNode node, JsonNode before) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            JsonNode value = node.get(field.getKey());
            if (field.getValue().equals(value)) {
                node.remove(field.getKey());
            } else if (value instanceof ObjectNode inner && field.getValue().isObject()) {
                leaveOut(inner, field.getValue());
            }
        }
    }
}
