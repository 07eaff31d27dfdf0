package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Baseline;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FrozenDebt;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.track.FoundRun;
import io.jenkins.plugins.cascade.track.MlflowRest;
import io.jenkins.plugins.cascade.track.ModelVersion;
import io.jenkins.plugins.cascade.track.RunArtifacts;
import io.jenkins.plugins.cascade.track.RunSearch;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import io.jenkins.plugins.cascade.track.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads back what earlier builds left in MLflow. It fails closed: whatever cannot be read, or is not what it should be, is an exception
 * that says so, never an empty answer.
 */
public final class MlflowRuns implements BaselineSource {
    /** Tag of a build's parent run that says what it is; its tag {@code gate.status} then speaks of the whole build. */
    static final String ROLE = "cascade.role";

    /** Tag with the name of the job or of the Jenkinsfile. */
    static final String CASCADE = "cascade.cascade";

    /** The value of that tag. */
    static final String BUILD = "build";

    private static final int SHOWN_DIGITS = 8;
    private static final long MOST_SCORES = 64L << 20;

    private final MlflowRest server;
    private final String experiment;
    private final String problem;

    private MlflowRuns(MlflowRest server, String experiment, String problem) {
        this.server = server;
        this.experiment = experiment;
        this.problem = problem;
    }

    /** Without a server: every question is answered by an exception. */
    public static MlflowRuns none() {
        return new MlflowRuns(null, null, null);
    }

    /**
     * The runs of the server that an environment names; nothing is sent yet. Where what it names is no address of a server, every question
     * is answered by that.
     *
     * @param experiment where the builds are looked for
     */
    public static MlflowRuns of(TrackingEnvironment environment, String experiment) {
        try {
            return new MlflowRuns(MlflowRest.in(environment).orElse(null), experiment, null);
        } catch (TrackingException e) {
            return new MlflowRuns(null, experiment, e.getMessage());
        }
    }

    /** Whether there is a server. */
    boolean there() {
        return server != null;
    }

    /**
     * The server.
     *
     * @param what what is wanted of it, for the message
     * @throws StageException when there is none
     */
    MlflowRest server(String what) throws StageException {
        if (problem != null) {
            throw new StageException(problem);
        }
        if (server == null) {
            throw new StageException("There is no MLflow server to ask for " + what
                    + ": set MLFLOW_TRACKING_URI, or on Jenkins the address in the configuration or mlflow(url: ...)");
        }
        return server;
    }

    @Override
    public Baseline scores(Wanted wanted) throws StageException {
        try {
            EarlierStage stage = stage(MlflowReference.parse(wanted.reference()), wanted.cascade());
            return new Baseline(stage.reference(), scores(stage.run()));
        } catch (StageException e) {
            throw new StageException(
                    "The baseline '" + UntrustedFile.printable(wanted.reference()) + "' of '" + wanted.judged()
                            + "' cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /**
     * A stage's run.
     *
     * @param run it
     * @param reference what was found in the end, for people
     */
    record EarlierStage(FoundRun run, String reference) {}

    /**
     * Finds the run that a reference names.
     *
     * @param cascade the cascade that asks
     * @throws StageException when there is none, or the server cannot say
     */
    EarlierStage stage(MlflowReference reference, String cascade) throws StageException {
        MlflowRest asked = server("'" + reference.text() + "'");
        try {
            return switch (reference.kind()) {
                case RUN -> run(asked, reference.name(), "", reference);
                case ALIAS, VERSION -> version(asked, reference);
                case LAST_ACCEPTED -> lastAccepted(asked, reference, cascade);
            };
        } catch (TrackingException e) {
            throw new StageException(e.getMessage(), e);
        }
    }

    /** The same where no cascade asks. */
    EarlierStage stage(MlflowReference reference) throws StageException {
        return stage(reference, null);
    }

    private static EarlierStage run(MlflowRest server, String id, String how, MlflowReference reference)
            throws StageException, TrackingException {
        FoundRun run = server.search()
                .byId(id)
                .orElseThrow(() -> new StageException(
                        "MLflow at " + server.address() + " has no run " + id + " for '" + reference.text() + "'"));
        return new EarlierStage(run, "mlflow:" + id + how);
    }

    private static EarlierStage version(MlflowRest server, MlflowReference reference)
            throws StageException, TrackingException {
        ModelVersion version = modelVersion(server, reference);
        if (version.runId().isEmpty()) {
            throw new StageException("Version " + version.version() + " of the model '" + reference.name()
                    + "' names no run, so nothing is known of how it was made");
        }
        return run(
                server,
                version.runId(),
                " (model " + reference.name() + ", version " + version.version() + ")",
                reference);
    }

    private static ModelVersion modelVersion(MlflowRest server, MlflowReference reference)
            throws StageException, TrackingException {
        boolean byAlias = reference.kind() == MlflowReference.Kind.ALIAS;
        Optional<ModelVersion> version = byAlias
                ? server.registry().versionByAlias(reference.name(), reference.value())
                : server.registry().version(reference.name(), reference.value());
        return version.orElseThrow(() -> new StageException("MLflow at " + server.address() + " has no "
                + (byAlias ? "alias '" + reference.value() + "'" : "version " + reference.value()) + " of a model '"
                + reference.name() + "'; cascadePromote makes one"));
    }

    private EarlierStage lastAccepted(MlflowRest server, MlflowReference reference, String asking)
            throws StageException, TrackingException {
        String cascade = reference.name() == null ? asking : reference.name();
        if (cascade == null) {
            throw new StageException("'" + reference.text() + "' must name the job: mlflow:last-accepted/JOB");
        }
        Optional<FoundRun> build = lastBuild(server, experiment, cascade);
        if (build.isEmpty() && reference.name() != null) {
            build = lastBuild(server, cascade, cascade);
        }
        FoundRun accepted = build.orElseThrow(() -> new StageException("MLflow at " + server.address()
                + " has no finished build of '" + cascade + "' whose last gate accepted it"));
        FoundRun stage = server.search().children(accepted).stream()
                .filter(run -> run.tag(RunSearch.GATE_STATUS)
                        .filter("accepted"::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new StageException("The accepted build " + accepted.runId() + " of '" + cascade
                        + "' has no accepted stage in MLflow"));
        return new EarlierStage(stage, "mlflow:" + stage.runId() + " (" + accepted.name() + ")");
    }

    private static Optional<FoundRun> lastBuild(MlflowRest server, String where, String cascade)
            throws TrackingException {
        return where == null
                ? Optional.empty()
                : server.search().lastAccepted(where, Map.of(ROLE, BUILD, CASCADE, cascade));
    }

    /**
     * The scores that a stage's run holds.
     *
     * @throws StageException when it holds none, or what it holds is no score file
     */
    Map<String, BenchmarkScores> scores(FoundRun run) throws StageException {
        return fetched(run, StageFiles.SCORES, "scores", MOST_SCORES, ScoreFile::read);
    }

    /** The stage as it was judged. */
    PublishedStage published(FoundRun run) throws StageException {
        return fetched(
                run,
                PublishedStage.STAGE,
                "record of its stage",
                PublishedStage.MOST,
                file -> UntrustedFile.parse(
                        Files.readAllBytes(file), "stage.json of the run " + run.runId(), PublishedStage.class));
    }

    /** The lineage of the stage's checkpoint. */
    Lineage lineage(EarlierStage stage) throws StageException {
        return fetched(
                stage.run(),
                PublishedStage.LINEAGE,
                "lineage",
                PublishedStage.MOST,
                file -> LineageFile.parse(
                        Files.readAllBytes(file),
                        "lineage.json of the run " + stage.run().runId()));
    }

    /** The trade-offs that the stage carries, with the scores that they are measured against. */
    List<FrozenDebt> debts(FoundRun run, PublishedStage stage) throws StageException {
        List<Debt> debts = stage.record().gate() == null
                ? List.of()
                : stage.record().gate().debts();
        List<FrozenDebt> frozen = new ArrayList<>();
        for (int i = 0; i < debts.size(); i++) {
            Debt debt = debts.get(i);
            BenchmarkScores baseline = debt.blocksRelease()
                    ? fetched(
                                    run,
                                    PublishedStage.debt(i),
                                    "scores that a trade-off is measured against",
                                    MOST_SCORES,
                                    ScoreFile::read)
                            .get(debt.benchmark())
                    : null;
            frozen.add(new FrozenDebt(debt, baseline));
        }
        return frozen;
    }

    /** The accepted runs of a stage of this content key, newest first. */
    List<FoundRun> accepted(String key) throws StageException {
        try {
            return server("accepted stages").search().acceptedByKey(experiment, key);
        } catch (TrackingException e) {
            throw new StageException(e.getMessage(), e);
        }
    }

    /** Reads a file that was fetched. */
    private interface Reader<T> {
        T read(Path file) throws IOException, StageException;
    }

    private <T> T fetched(FoundRun run, String name, String what, long most, Reader<T> reader) throws StageException {
        Path temporary = null;
        try {
            temporary = Files.createTempDirectory("cascade");
            Path file = temporary.resolve("fetched");
            if (!bring(run, name, file, most)) {
                throw without(run, what);
            }
            return reader.read(file);
        } catch (TrackingException e) {
            throw new StageException(e.getMessage(), e);
        } catch (IOException e) {
            throw new StageException(
                    "The " + what + " of the run " + shortId(run) + " cannot be read: "
                            + UntrustedFile.printable(e.getMessage()),
                    e);
        } finally {
            delete(temporary);
        }
    }

    /** Fetches a published file; false where the run has none of that name. */
    private boolean bring(FoundRun run, String name, Path target, long most) throws IOException, StageException {
        RunArtifacts artifacts = server("a published file").artifacts();
        String path = PublishedStage.FOLDER + "/" + name;
        String folder = path.substring(0, path.lastIndexOf('/'));
        boolean there = artifacts.list(run.runId(), folder).stream()
                .anyMatch(entry -> entry.path().equals(path) && !entry.folder());
        if (there) {
            artifacts.downloadFile(run.runId(), path, target, null, most);
        }
        return there;
    }

    /**
     * Fetches a published file of a stage.
     *
     * @throws StageException when the run has none of that name
     */
    void fetch(FoundRun run, String name, Path target) throws IOException, StageException {
        if (!bring(run, name, target, MOST_SCORES)) {
            throw without(run, name);
        }
    }

    /** Fetches a published file of a stage, where the run has one of that name. */
    void fetchIfThere(FoundRun run, String name, Path target) throws IOException, StageException {
        bring(run, name, target, MOST_SCORES);
    }

    /**
     * Digest of the checkpoint that a stage's run made.
     *
     * @throws StageException when the run does not say
     */
    String checkpoint(EarlierStage stage) throws StageException {
        return stage.run()
                .tag(StageTracking.CHECKPOINT)
                .filter(UntrustedFile::isDigest)
                .orElseThrow(() -> without(stage.run(), "digest of a checkpoint"));
    }

    private static StageException without(FoundRun run, String what) {
        return new StageException("The run " + shortId(run) + " ('" + UntrustedFile.printable(run.name())
                + "') holds no " + what + ": it is no stage's run, or its files have not reached the server");
    }

    private static String shortId(FoundRun run) {
        return run.runId().substring(0, Math.min(SHOWN_DIGITS, run.runId().length()));
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("fetched"));
            Files.delete(folder);
        } catch (IOException left) {
            folder.toFile().deleteOnExit();
        }
    }
}
