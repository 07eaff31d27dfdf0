package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.evaluate.Benchmark;
import io.jenkins.plugins.cascade.evaluate.BenchmarkResult;
import io.jenkins.plugins.cascade.evaluate.Evaluator;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Compute;
import io.jenkins.plugins.cascade.model.ElementType;
import io.jenkins.plugins.cascade.model.Engine;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.SavePrecision;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus.State;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import io.jenkins.plugins.cascade.train.CheckpointManifest;
import io.jenkins.plugins.cascade.train.Checkpoints;
import io.jenkins.plugins.cascade.train.DurableFiles;
import io.jenkins.plugins.cascade.train.StageTraining;
import io.jenkins.plugins.cascade.train.TrainingContext;
import io.jenkins.plugins.cascade.train.TrainingData;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One attempt at a stage, from the specification to the result. The stage's lock is held by the caller. */
final class StageRun {
    private static final String FINAL = StageFiles.CHECKPOINTS + "/final";

    private final Path directory;
    private final StageSpec spec;
    private final String contentKey;
    private final StopSignals stop;
    private final StatusFile status;
    private final PrintStream log;
    private final Compute compute;

    StageRun(Path directory, StageSpec spec, StopSignals stop, StatusFile status, PrintStream log) {
        this.directory = directory;
        this.spec = spec;
        this.contentKey = ContentKey.of(spec);
        this.stop = stop;
        this.status = status;
        this.log = log;
        this.compute =
                Compute.of(spec.device(), spec.settings().numerics().precision().word());
    }

    /**
     * Trains, evaluates and writes the result; a stage that has its result already is left as it is.
     *
     * @throws io.jenkins.plugins.cascade.recipe.StageFailure when it cannot go on; among others when asked to stop
     */
    void run() throws IOException {
        if (isFinished()) {
            log.println("The stage " + spec.name() + " is finished already.");
            status.state(State.DONE, "");
            return;
        }
        status.state(State.STARTING, "");
        try (Verifiers verifiers = Verifiers.standard()) {
            InputCheck.run(spec, verifiers);
            Engine.setThreads(spec.threads() == 0 ? Runtime.getRuntime().availableProcessors() : spec.threads());
            Engine.require(compute);
            Optional<Path> rewardModel = TrainingData.givenRewardModel(spec);
            try (ModelText text = new ModelText(Path.of(spec.model().path()));
                    ModelText rewardText = rewardModel.map(ModelText::new).orElse(null)) {
                run(verifiers, text, rewardText == null ? text : rewardText);
            }
        }
        status.state(State.DONE, "");
    }

    private boolean isFinished() throws IOException {
        Path file = directory.resolve(StageFiles.RESULT);
        return Files.isRegularFile(file)
                && CanonicalJson.MAPPER
                        .readValue(Files.readAllBytes(file), TrainerResult.class)
                        .contentKey()
                        .equals(contentKey);
    }

    private void run(Verifiers verifiers, ModelText text, ModelText rewardText) throws IOException {
        TrainingData data =
                TrainingData.read(spec, text.encoder(), rewardText.encoder(), verifiers, text.maxPositions());
        List<Benchmark> benchmarks = spec.benchmarks().stream()
                .map(benchmark -> Benchmark.read(benchmark, text.encoder(), verifiers, text.maxPositions()))
                .toList();
        Set<String> types = new TreeSet<>(data.verifierTypes());
        benchmarks.forEach(benchmark -> types.addAll(benchmark.verifierTypes()));
        verifiers.runCanaries(types);

        Checkpoints checkpoints = new Checkpoints(
                directory.resolve(StageFiles.CHECKPOINTS),
                contentKey,
                spec.settings().checkpointsKept());
        Optional<Checkpoints.Saved> resume = checkpoints.latest();
        long keep = resume.map(saved -> saved.manifest().eventBytes()).orElse(0L);
        try (EventLog events = new EventLog(directory.resolve(StageFiles.EVENTS), keep)) {
            StageRecorder recorder = new StageRecorder(events, status, stop, log);
            announce(recorder, resume);
            if (resume.isEmpty()) {
                StartWarnings.of(spec, data, benchmarks).forEach(sentence -> recorder.warning("", sentence));
            }
            TrainingContext context = new TrainingContext(
                    text.tokenizer(),
                    text.encoder(),
                    rewardText.encoder(),
                    verifiers,
                    settings -> text.sampling(settings, data.longestPrompt(), compute),
                    compute);
            StageTraining.Trained trained = new StageTraining(spec, data, context, checkpoints, recorder).run(resume);
            finish(trained, benchmarks, verifiers, text, recorder);
        }
    }

    private void announce(StageRecorder recorder, Optional<Checkpoints.Saved> resume) {
        if (spec.kind() == StageKind.EVALUATE) {
            recorder.evaluationStarted(spec.model().path());
            return;
        }
        String settings =
                "settings " + new String(CanonicalJson.bytes(spec.settings()), java.nio.charset.StandardCharsets.UTF_8);
        if (resume.isEmpty()) {
            recorder.started("", 0, 0, "Starts with the " + settings + ".");
            return;
        }
        CheckpointManifest manifest = resume.get().manifest();
        String name = "step-" + resume.get().number();
        recorder.checkpointWritten(manifest.phase(), manifest.step(), manifest.steps(), name);
        recorder.started(
                manifest.phase(),
                manifest.step(),
                manifest.steps(),
                "Goes on from the checkpoint " + name + " with the " + settings + ".");
    }

    private void finish(
            StageTraining.Trained trained,
            List<Benchmark> benchmarks,
            Verifiers verifiers,
            ModelText text,
            StageRecorder recorder)
            throws IOException {
        try (var model = trained.model()) {
            Path folder = directory.resolve(FINAL);
            ElementType type = savedType();
            model.round(type);
            DurableFiles.replaceFolder(folder, target -> save(model, target, type));
            String digest = Digests.ofFolder(folder);
            int longest =
                    benchmarks.stream().mapToInt(Benchmark::longestPrompt).max().orElse(0);
            Evaluator evaluator = new Evaluator(
                    model,
                    text.tokenizer(),
                    verifiers,
                    settings -> text.sampling(settings, longest, compute),
                    engine());
            List<BenchmarkResult> results = new StageEvaluation(directory, benchmarks, recorder).run(evaluator, digest);
            recorder.eventBytes();
            writeResult(trained, digest, results);
        }
    }

    private void save(CausalLM model, Path target, ElementType type) throws IOException {
        if (StageTraining.savesAdapterAlone(spec)) {
            AdapterCheckpoint.write(
                    model, target, Path.of(spec.model().path()), spec.model().digest());
        } else {
            model.save(target, type);
        }
    }

    private void writeResult(StageTraining.Trained trained, String digest, List<BenchmarkResult> results) {
        Map<String, Double> scores = new HashMap<>();
        Map<String, Double> metrics = new HashMap<>(trained.metrics());
        double seconds = 0;
        for (BenchmarkResult result : results) {
            metrics.putAll(result.metrics());
            seconds += result.seconds();
            Double mean = result.metrics().get(BenchmarkResult.metric(result.benchmark()));
            if (mean != null) {
                scores.put(result.benchmark(), mean);
            }
        }
        TrainerResult result = new TrainerResult(
                StageSpec.SCHEMA,
                contentKey,
                FINAL,
                digest,
                scores,
                metrics,
                trained.totals().trainedTokens(),
                trained.totals().sampledTokens(),
                trained.totals().seconds(),
                seconds,
                engine());
        DurableFiles.replaceFile(directory.resolve(StageFiles.RESULT), CanonicalJson.bytes(result));
    }

    /** As asked, else as the model that the stage starts from; an adapter alone is float32. */
    private ElementType savedType() {
        if (StageTraining.savesAdapterAlone(spec)) {
            return ElementType.F32;
        }
        SavePrecision asked = spec.settings().numerics().savePrecision();
        return asked == null ? CausalLM.storedType(Path.of(spec.model().path())) : ElementType.named(asked.word());
    }

    /** Also a part of the fingerprint: what differs in it is not compared. */
    private String engine() {
        return "PyTorch " + ai.djl.engine.Engine.getEngine("PyTorch").getVersion() + " " + compute.description();
    }
}
