package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What makes two stages different: the fields of {@link ContentKey#identity} that are not equal. */
final class KeyDifference {
    private static final int MOST_NAMED = 3;
    private static final int LONGEST_VALUE = 20;

    private KeyDifference() {}

    /** The differing fields with both values, the first three of them; empty when nothing differs. */
    static String between(StageSpec before, StageSpec now) {
        SortedMap<String, String> was = FlatJson.of(ContentKey.identity(before));
        SortedMap<String, String> is = FlatJson.of(ContentKey.identity(now));
        List<String> fields = new ArrayList<>(was.keySet());
        is.keySet().stream().filter(field -> !was.containsKey(field)).forEach(fields::add);
        List<String> differing = fields.stream()
                .filter(field -> !was.getOrDefault(field, "").equals(is.getOrDefault(field, "")))
                .sorted()
                .toList();
        String named = differing.stream()
                .limit(MOST_NAMED)
                .map(field -> field + " was " + shown(was.get(field)) + " and is " + shown(is.get(field)))
                .collect(Collectors.joining("; "));
        int more = differing.size() - MOST_NAMED;
        return more > 0 ? named + "; and " + more + " more" : named;
    }

    /** The data file that changed, where two specifications differ in the bytes of data files and in nothing else. */
    static Optional<String> changedData(StageSpec before, StageSpec now) {
        if (before.data().size() != now.data().size() || !withoutDigests(before).equals(withoutDigests(now))) {
            return Optional.empty();
        }
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < now.data().size(); i++) {
            DataFile file = now.data().get(i);
            if (!file.digest().equals(before.data().get(i).digest())) {
                changed.add(String.valueOf(Path.of(file.path()).getFileName()));
            }
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changed));
    }

    private static JsonNode withoutDigests(StageSpec spec) {
        JsonNode identity = ContentKey.identity(spec);
        identity.get("data").forEach(file -> ((com.fasterxml.jackson.databind.node.ObjectNode) file).remove("digest"));
        return identity;
    }

    private static String shown(String value) {
        if (value == null) {
            return "not there";
        }
        String text = UntrustedFile.printable(value);
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
    }
}
