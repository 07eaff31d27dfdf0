package io.jenkins.plugins.cascade.track;

import java.util.List;
import java.util.Map;

/**
 * A version of a registered model.
 *
 * @param name of the registered model
 * @param version number, from 1, as MLflow writes it
 * @param source {@code runs:/ID/path}, where its files are
 * @param runId MLflow's id of the run that made it; empty where the version names none
 * @param tags its own tags, not those of the run
 * @param aliases names that point to this version now, such as {@code champion}; those that the answer holds
 */
public record ModelVersion(
        String name, String version, String source, String runId, Map<String, String> tags, List<String> aliases) {
    /** Keeps copies of the tags and the aliases. */
    public ModelVersion {
        tags = Map.copyOf(tags);
        aliases = List.copyOf(aliases);
    }
}
