package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The identity of a stage's result: SHA-256 over the canonical JSON of what decides it. Names, paths, threads, device and lease are left
 * out; two specifications with the same key would train the same checkpoint. So are {@link LaterSettings} that are as before.
 */
public final class ContentKey {
    private static final List<String> EXCLUDED = List.of("name", "threads", "device", "leaseSeconds");

    private ContentKey() {}

    /** The key, {@code sha256:} and 64 hexadecimal digits. */
    public static String of(StageSpec spec) {
        return Digests.ofBytes(CanonicalJson.bytes(identity(spec)));
    }

    /** What the key is computed from, so that two keys can be compared field by field and the difference named. */
    public static JsonNode identity(StageSpec spec) {
        ObjectNode node = CanonicalJson.MAPPER.valueToTree(spec);
        node.remove(EXCLUDED);
        LaterSettings.leaveOut((ObjectNode) node.get("settings"));
        ((ObjectNode) node.get("model")).remove("path");
        node.withArray("data").forEach(file -> ((ObjectNode) file).remove("path"));
        node.withArray("benchmarks").forEach(file -> ((ObjectNode) file).remove("path"));
        return node;
    }
}
