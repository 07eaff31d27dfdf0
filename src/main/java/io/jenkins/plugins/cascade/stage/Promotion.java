package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.ArtifactManifest;
import io.jenkins.plugins.cascade.track.FoundRun;
import io.jenkins.plugins.cascade.track.MlflowRest;
import io.jenkins.plugins.cascade.track.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes a stage's checkpoint a version of a registered model and lets an alias point to it. A checkpoint that no gate accepted, or that
 * still owes a trade-off, is refused unless a reason is given, which is written down. Doing it again makes no second version: a version is
 * found again by its run.
 */
final class Promotion {
    private final PromoteRequest request;
    private final MlflowRuns runs;
    private final CascadeOptions options;
    private final CascadeRecord cascade;

    /**
     * A promotion.
     *
     * @param cascade the record of the build so far
     */
    Promotion(PromoteRequest request, MlflowRuns runs, CascadeOptions options, CascadeRecord cascade) {
        this.request = request;
        this.runs = runs;
        this.options = options;
        this.cascade = cascade;
    }

    /**
     * Promotes.
     *
     * @param lastAccepted name of the stage that is promoted where none is named; null where none was accepted
     * @throws StageException with one sentence when it is refused, or the server cannot do it
     */
    PromotionRecord run(String lastAccepted, StageHost host) throws StageException {
        StageRecord stage = stage(lastAccepted);
        Optional<String> missing = missing(stage);
        if (missing.isPresent() && request.reason() == null) {
            throw new StageException("The checkpoint of '" + stage.name() + "' is not promoted to '" + request.model()
                    + "': " + missing.get() + "; give a reason to promote it all the same");
        }
        MlflowRest server = runs.server("the registered model '" + request.model() + "'");
        if (stage.mlflowRunId() == null) {
            throw new StageException("MLflow did not know the run of '" + stage.name()
                    + "' when the stage ended, so it cannot be promoted; is the server at " + server.address()
                    + " there?");
        }
        try {
            PromotionRecord promoted =
                    promoted(server, stage, withModel(server, stage, stage.mlflowRunId()), missing.orElse(null));
            host.line(sentence(promoted));
            return promoted;
        } catch (IOException e) {
            throw new StageException(
                    "'" + stage.name() + "' cannot be promoted to '" + request.model() + "': "
                            + UntrustedFile.printable(e.getMessage()),
                    e);
        }
    }

    private StageRecord stage(String lastAccepted) throws StageException {
        String name = Optional.ofNullable(request.stage()).orElse(lastAccepted);
        if (name == null) {
            throw new StageException(
                    "There is nothing to promote to '" + request.model() + "': no stage of this build was accepted");
        }
        return cascade.stage(name)
                .filter(stage -> stage.checkpointDigest() != null)
                .orElseThrow(() -> new StageException(
                        "The stage '" + name + "' has no checkpoint in this build that could be promoted"));
    }

    private static String sentence(PromotionRecord promoted) {
        String before = promoted.before() == null ? "" : "; before it was version " + promoted.before();
        String reason =
                promoted.missing() == null ? "" : ". Reason: " + promoted.reason() + "; although " + promoted.missing();
        return UntrustedFile.printable("[promote] '" + promoted.stage() + "' is version " + promoted.version() + " of '"
                + promoted.model() + "', which '" + promoted.alias() + "' points to now" + before + reason);
    }

    /** What stands against a promotion, a part of a sentence: the last gate that judged the checkpoint must have passed, and nothing may be owed. */
    private Optional<String> missing(StageRecord stage) {
        List<GateRecord> gates = cascade.gates().stream()
                .filter(gate -> gate.candidate().equals(stage.name()))
                .toList();
        for (GateRecord gate : gates) {
            if (!gate.gate().releasable()) {
                return Optional.of("the gate '" + gate.name() + "' did not accept it, " + why(gate.gate()));
            }
        }
        GateDecision own = stage.gate();
        if (own == null) {
            return gates.isEmpty() ? Optional.of("no gate has judged it") : Optional.empty();
        }
        return own.releasable() ? Optional.empty() : Optional.of("its gate did not accept it, " + why(own));
    }

    private static String why(GateDecision decision) {
        String owed = decision.debts().stream()
                .filter(Debt::blocksRelease)
                .map(Debt::benchmark)
                .collect(Collectors.joining(", "));
        return decision.verdict() == GateVerdict.PASS && !owed.isEmpty()
                ? "because a declared trade-off is not repaid: " + owed
                : decision.verdict() + ": " + decision.summarySentence().replaceAll("\\.$", "");
    }

    /** The run whose artifacts hold the checkpoint: the stage's, or an earlier one of the same stage; sent now where none does. */
    private String withModel(MlflowRest server, StageRecord stage, String run) throws IOException, StageException {
        if (holdsModel(server, run)) {
            return run;
        }
        for (FoundRun earlier : runs.accepted(stage.key())) {
            boolean same = earlier.tag(StageTracking.CHECKPOINT)
                    .filter(stage.checkpointDigest()::equals)
                    .isPresent();
            if (same && holdsModel(server, earlier.runId())) {
                return earlier.runId();
            }
        }
        Path folder = options.workspace().resolve(stage.checkpoint());
        if (!Files.isDirectory(folder)) {
            throw new StageException("The checkpoint of '" + stage.name() + "' is not among the artifacts of its run in"
                    + " MLflow, and it is not on this machine; keep checkpoints in MLflow");
        }
        server.artifacts().uploadFolder(run, folder, PublishedStage.MODEL);
        return run;
    }

    private static boolean holdsModel(MlflowRest server, String run) throws IOException {
        return server.artifacts()
                .manifest(run, PublishedStage.MODEL)
                .filter(ArtifactManifest::complete)
                .isPresent();
    }

    private PromotionRecord promoted(MlflowRest server, StageRecord stage, String run, String missing)
            throws IOException {
        String model = request.model();
        server.registry().createModelIfAbsent(model, "Checkpoints of the cascade " + cascade.cascade());
        ModelVersion version = server.registry()
                .createVersion(
                        model,
                        "runs:/" + run + "/" + PublishedStage.MODEL,
                        run,
                        "Stage " + stage.name() + " of " + cascade.cascade() + " #" + cascade.build(),
                        tags(stage, missing));
        Optional<ModelVersion> before = server.registry().versionByAlias(model, request.alias());
        server.registry().setAlias(model, request.alias(), version.version());
        return new PromotionRecord(
                model,
                version.version(),
                request.alias(),
                stage.name(),
                stage.checkpointDigest(),
                run,
                before.map(ModelVersion::version)
                        .filter(number -> !number.equals(version.version()))
                        .orElse(null),
                missing == null ? null : request.reason(),
                missing,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Map<String, String> tags(StageRecord stage, String missing) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(MlflowRuns.CASCADE, cascade.cascade());
        tags.put("cascade.build", Integer.toString(cascade.build()));
        tags.put("cascade.stage", stage.name());
        tags.put("cascade.key", stage.key());
        tags.put(StageTracking.CHECKPOINT, stage.checkpointDigest());
        tags.put(
                "gate.verdict",
                stage.gate() == null ? "NONE" : stage.gate().verdict().name());
        if (missing != null) {
            tags.put("cascade.reason", request.reason());
            tags.put("cascade.promoted.although", missing);
        }
        return tags;
    }
}
