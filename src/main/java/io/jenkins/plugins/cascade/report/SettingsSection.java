package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.DataFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The effective settings of a stage and where its checkpoint comes from, both folded away. */
final class SettingsSection {
    private static final int DEEPEST = 8;
    private static final int MOST_ROWS = 400;

    private SettingsSection() {}

    static List<Markup> of(StageRecord stage) {
        List<Markup> parts = new ArrayList<>();
        if (stage.settings() != null) {
            Map<String, String> rows = new LinkedHashMap<>();
            flatten("", stage.settings(), 0, rows);
            rows.put("seed", Long.toString(stage.seed()));
            Markup list = Markup.of("dl");
            rows.forEach((name, value) -> entry(list, name, Markup.text("dd", value)));
            parts.add(folded("Settings", list));
        }
        parts.add(folded("Provenance", provenance(stage)));
        return parts;
    }

    /** A link where the address is one of the web, otherwise its text. */
    static Markup link(String address) {
        return link(address, address);
    }

    /** A link with a label where the address is one of the web, otherwise the address itself. */
    static Markup link(String address, String label) {
        if (isWeb(address)) {
            return Markup.text("a", label).attr("href", address).attr("rel", "noopener noreferrer nofollow");
        }
        return Markup.text("span", address);
    }

    static boolean isWeb(String address) {
        try {
            URI uri = new URI(address);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Markup provenance(StageRecord stage) {
        Markup list = Markup.of("dl");
        entry(list, "Parent stage", stage.parent());
        entry(list, "Content key", stage.key());
        entry(list, "Reuse", stage.reuseReason().isBlank() ? null : stage.reuseReason());
        entry(list, "Checkpoint", stage.checkpoint());
        entry(list, "Checkpoint digest", stage.checkpointDigest());
        entry(list, "Started from digest", stage.modelDigest());
        for (DataFile file : stage.data()) {
            entry(
                    list,
                    "Data, " + file.role().name().toLowerCase(java.util.Locale.ROOT),
                    file.path() + "\n" + file.digest());
        }
        entry(list, "MLflow run", stage.mlflowRunId());
        if (stage.mlflowUrl() != null) {
            entry(list, "MLflow page", Markup.of("dd").add(link(stage.mlflowUrl())));
        }
        if (stage.settings() == null) {
            entry(list, "Seed", Long.toString(stage.seed()));
        }
        return list;
    }

    private static void flatten(String path, JsonNode node, int depth, Map<String, String> rows) {
        if (rows.size() >= MOST_ROWS) {
            rows.put("…", "more settings than are shown here, see the record");
        } else if (node.isObject() && depth < DEEPEST) {
            node.properties().forEach(field -> {
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                flatten(name, field.getValue(), depth + 1, rows);
            });
        } else {
            rows.put(path, node.isTextual() ? node.textValue() : node.toString());
        }
    }

    private static Markup folded(String title, Markup content) {
        return Markup.of("details").add(Markup.text("summary", title)).add(content);
    }

    private static void entry(Markup list, String name, String value) {
        if (value != null) {
            entry(list, name, Markup.text("dd", value));
        }
    }

    private static void entry(Markup list, String name, Markup value) {
        list.add(Markup.text("dt", name)).add(value);
    }
}
