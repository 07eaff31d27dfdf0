package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One stage in the {@link Lineage} of a checkpoint. It names no path of a machine.
 *
 * @param stage name of the stage
 * @param kind what kind of stage
 * @param domain of an RLVR stage; null otherwise
 * @param key its content key
 * @param parentDigest digest of the model that it started from
 * @param checkpointDigest digest of the model that it made
 * @param data what it was trained and evaluated on
 * @param settings its effective settings as they were written then
 * @param seed its seed
 * @param verifiers versions of the verifiers, by type
 * @param origin the build that judged it last; null where unknown
 * @param mlflowRunId MLflow's id of its run; null where it is not tracked
 * @param status {@code accepted}, {@code unstable} or {@code rejected}; null where the judgement is kept elsewhere, as by a controller
 * @param verdict the gate's verdict, {@code NONE} where there was nothing to compare with; null as the status is
 * @param message why it was not plainly accepted; otherwise empty
 */
public record Generation(
        String stage,
        StageKind kind,
        String domain,
        String key,
        String parentDigest,
        String checkpointDigest,
        List<Source> data,
        JsonNode settings,
        long seed,
        Map<String, String> verifiers,
        Origin origin,
        String mlflowRunId,
        String status,
        String verdict,
        String message) {

    /**
     * A file.
     *
     * @param role what it was for: a role of training data in lower case, or {@code benchmark <name>}
     * @param name the file's name without its folder
     * @param digest digest of its bytes
     */
    public record Source(String role, String name, String digest) {}

    /**
     * The build that a stage belongs to.
     *
     * @param cascade name of the job or of the Jenkinsfile
     * @param build build number
     * @param commit commit of the sources; null where unknown
     */
    public record Origin(String cascade, int build, String commit) {}

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when its name or a digest is missing
     */
    public Generation {
        if (stage == null
                || kind == null
                || !UntrustedFile.isDigest(key)
                || !UntrustedFile.isDigest(parentDigest)
                || !UntrustedFile.isDigest(checkpointDigest)) {
            throw new IllegalArgumentException("a generation lacks its name, its kind or a digest");
        }
        data = data == null ? List.of() : List.copyOf(data);
        verifiers = verifiers == null ? Map.of() : Map.copyOf(verifiers);
        settings = settings == null || settings.isNull() || settings.isMissingNode() ? null : settings.deepCopy();
        message = message == null ? "" : message;
    }

    /** A copy of the settings, so that nobody changes the generation; null where they are not known. */
    @Override
    public JsonNode settings() {
        return settings == null ? null : settings.deepCopy();
    }

    /** A stage that is trained to its end and not judged yet. */
    static Generation trained(StageSpec spec, String checkpointDigest, Origin origin) {
        return new Generation(
                spec.name(),
                spec.kind(),
                spec.domain(),
                ContentKey.of(spec),
                spec.model().digest(),
                checkpointDigest,
                sources(spec),
                CanonicalJson.MAPPER.valueToTree(spec.settings()),
                spec.seed(),
                spec.verifierVersions(),
                origin,
                null,
                null,
                null,
                "");
    }

    /** The same with what became of the stage. */
    Generation judged(StageRecord record) {
        return new Generation(
                stage,
                kind,
                domain,
                key,
                parentDigest,
                checkpointDigest,
                data,
                settings,
                seed,
                verifiers,
                origin,
                record.mlflowRunId(),
                record.status().name().toLowerCase(Locale.ROOT),
                record.gate() == null ? "NONE" : record.gate().verdict().name(),
                record.message());
    }

    private static List<Source> sources(StageSpec spec) {
        List<Source> sources = new ArrayList<>();
        spec.data()
                .forEach(file -> sources.add(new Source(
                        file.role().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        PlainPath.lastPart(file.path()),
                        file.digest())));
        spec.benchmarks()
                .forEach(benchmark -> sources.add(new Source(
                        "benchmark " + benchmark.name(), PlainPath.lastPart(benchmark.path()), benchmark.digest())));
        return sources;
    }
}
