package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.report.HtmlReport;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecord.Status;
import io.jenkins.plugins.cascade.stage.BenchmarkRequest;
import io.jenkins.plugins.cascade.stage.CancelSignal;
import io.jenkins.plugins.cascade.stage.CascadeOptions;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.DataRequest;
import io.jenkins.plugins.cascade.stage.LocalTrainerLauncher;
import io.jenkins.plugins.cascade.stage.Reaction;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.StageHost;
import io.jenkins.plugins.cascade.stage.StageRequest;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stage whose verifier is broken, or that was measured otherwise than its baseline, is never accepted: the session, the trainer, the
 * model, the verifiers and the gate are the real ones, and the reactions are the most lenient.
 */
@Timeout(300)
class UnsoundMeasurementTest {
    private static final String BEFORE = "before.jsonl";

    @TempDir
    Path root;

    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Tracker tracker;
    private CascadeSession session;

    @BeforeEach
    void open() throws Exception {
        TinyStage tiny = new TinyStage(root);
        tiny.sft(1, 1);
        Path build = Files.createDirectories(root.resolve("builds/1"));
        tracker = Tracker.open(build.resolve("journal.jsonl"), TrackingEnvironment.none());
        session = CascadeSession.open(
                CascadeOptions.local(root, build, "test", 1), new LocalTrainerLauncher(Verifiers::versions), tracker);
    }

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void otherSamplingSettingsOrOtherItemsThanTheBaselinesAreAnError() throws Exception {
        StageRecord before = session.run(evaluation("before", 1), host());
        assertEquals(Status.ACCEPTED, before.status(), log());
        Files.copy(root.resolve(before.directory()).resolve("scores.jsonl"), root.resolve(BEFORE));

        StageRecord same = session.run(evaluation("same", 1).withBaselines(List.of(BEFORE)), host());
        assertEquals(GateVerdict.PASS, same.gate().verdict(), log());

        StageRecord hotter = session.run(evaluation("hotter", 0.5).withBaselines(List.of(BEFORE)), host());
        assertError(hotter);

        Path benchmark = root.resolve("benchmark.jsonl");
        Files.writeString(benchmark, Files.readString(benchmark).replaceFirst("copy 3", "copy 4"));
        StageRecord edited = session.run(evaluation("edited", 1).withBaselines(List.of(BEFORE)), host());
        assertError(edited);

        StageRequest onParent = request(
                StageKind.EVALUATE, "onParent", new EvaluateSettings(), List.of(), benchmarks(1), Reaction.CONTINUE);
        StageRequest changed = withParent(onParent, "same");
        StageException refused = assertThrows(StageException.class, () -> session.run(changed, host()));
        assertTrue(refused.getMessage().contains("has other items than in 'same'"), refused.getMessage());
    }

    @Test
    void aVerifierThatMisjudgesWhatIsKnownStopsTheStageBeforeItTrains() throws Exception {
        environment.put("PATH", Files.createDirectories(root.resolve("nothing")).toString());
        Files.writeString(
                root.resolve("benchmark.jsonl"),
                "{\"id\":\"1\",\"prompt\":\"copy 1\",\"verifier\":{\"type\":\"code\",\"tests\":[{\"input\":\"1\",\"output\":\"2\"}]}}\n");
        StageRequest sft = request(
                StageKind.SFT,
                "sft",
                new SftSettings(TinyStage.optimizer(5e-3), 2, 8, 32, 4, 1),
                List.of(new DataRequest(DataRole.SFT, "sft.jsonl")),
                benchmarks(1),
                Reaction.CONTINUE);

        StageRecord record = session.run(sft, host());

        assertEquals(Status.FAILED, record.status(), log());
        assertTrue(record.message().contains("The code verifier judged the known answer"), record.message());
        assertTrue(record.message().contains("python3"), record.message());
        assertShown(record.message());
        assertFalse(Files.exists(root.resolve(record.directory()).resolve("checkpoints")), "nothing was trained");
    }

    private void assertError(StageRecord record) throws IOException {
        assertEquals(GateVerdict.ERROR, record.gate().verdict(), log());
        assertEquals(Status.REJECTED, record.status());
        String sentence = record.gate().benchmarks().get(0).sentence();
        assertTrue(sentence.contains("the two sides were measured differently"), sentence);
        assertShown(sentence.substring(0, sentence.indexOf(" (fingerprint")));
    }

    /** The same sentence in the terminal and in the report. */
    private void assertShown(String sentence) throws IOException {
        assertTrue(log().contains(sentence), log());
        String report = Files.readString(root.resolve("builds/1").resolve(HtmlReport.NAME));
        String escaped = sentence.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;");
        assertTrue(report.contains(sentence) || report.contains(escaped), sentence);
    }

    private StageRequest evaluation(String name, double temperature) {
        return request(
                StageKind.EVALUATE,
                name,
                new EvaluateSettings(),
                List.of(),
                benchmarks(temperature),
                Reaction.CONTINUE);
    }

    private static List<BenchmarkRequest> benchmarks(double temperature) {
        return List.of(
                new BenchmarkRequest("copying", "benchmark.jsonl", 4, new SamplingSettings(temperature, 1, 0, 3)));
    }

    private static StageRequest request(
            StageKind kind,
            String name,
            StageSettings settings,
            List<DataRequest> data,
            List<BenchmarkRequest> benchmarks,
            Reaction reaction) {
        return new StageRequest(
                kind,
                name,
                null,
                "model",
                null,
                data,
                settings,
                benchmarks,
                List.of(Gate.watch("copying", 0.9)),
                List.of(),
                reaction,
                reaction,
                7,
                false,
                1,
                "cpu");
    }

    private static StageRequest withParent(StageRequest request, String parent) {
        return new StageRequest(
                request.kind(),
                request.name(),
                null,
                null,
                parent,
                request.data(),
                request.settings(),
                request.benchmarks(),
                request.gates(),
                List.of(),
                request.onRegression(),
                request.onInconclusive(),
                request.seed(),
                false,
                1,
                "cpu");
    }

    private String log() {
        return String.join("\n", lines);
    }

    private StageHost host() {
        return new StageHost() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void progress(String text) {
                throw new IllegalStateException("nobody watches");
            }

            @Override
            public boolean interactive() {
                return false;
            }

            @Override
            public Path workingDirectory() {
                return root;
            }

            @Override
            public Map<String, String> environment() {
                return environment;
            }

            @Override
            public CancelSignal cancelSignal() {
                return CancelSignal.NEVER;
            }
        };
    }
}
