package io.jenkins.plugins.cascade.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatTemplate;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
    private static final SamplingSettings SAMPLING = new SamplingSettings(1, 1, 0, 4);

    @TempDir
    Path root;

    private Tokenizer tokenizer;
    private ChatEncoder encoder;
    private CausalLM model;
    private Verifiers verifiers;

    @BeforeEach
    void load() throws IOException {
        Path folder = TinyModel.write(root.resolve("model"));
        tokenizer = Tokenizer.load(folder);
        encoder = new ChatEncoder(tokenizer, ChatTemplate.load(folder));
        model = CausalLM.load(folder, 1);
        verifiers = Verifiers.with(List.of(new Scripted("1")));
    }

    @AfterEach
    void close() {
        verifiers.close();
        model.close();
        tokenizer.close();
    }

    /** A verifier whose machinery fails when it is told to, which a real one does only by accident. */
    private record Scripted(String version) implements Verifier {
        @Override
        public String type() {
            return "scripted";
        }

        @Override
        public void check(JsonNode spec) {
            assertTrue(spec.has("outcome"));
        }

        @Override
        public Verdict verify(String prompt, String response, JsonNode spec) {
            return switch (spec.get("outcome").asText()) {
                case "length" -> Verdict.graded(Math.min(1, response.length() / 40.0), "length");
                case "pass" -> Verdict.pass("right");
                case "fail" -> Verdict.fail("wrong");
                case "timeout" -> Verdict.timeout("too slow");
                case "gold" -> Verdict.unparseableGold("no answer");
                default -> Verdict.error("broken");
            };
        }

        @Override
        public List<Canary> canaries() {
            return List.of();
        }
    }

    private Benchmark benchmark(int samples, SamplingSettings sampling, String... outcomes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            lines.add("{\"id\":\"" + i + "\",\"prompt\":\"say " + i
                    + "\",\"verifier\":{\"type\":\"scripted\",\"outcome\":\"" + outcomes[i] + "\"}"
                    + (i == 0 ? ",\"cluster\":\"c\"" : "") + "}");
        }
        Path file = Files.write(root.resolve("benchmark.jsonl"), lines);
        BenchmarkSpec spec = new BenchmarkSpec("bench", file.toString(), "sha256:0", samples, sampling);
        return Benchmark.read(spec, encoder, verifiers, 64);
    }

    private Evaluator evaluator(String engine) {
        return new Evaluator(
                model,
                tokenizer,
                verifiers,
                s -> new Sampling(s.temperature(), s.topP(), s.topK(), s.maxTokens(), Set.of(2), 16),
                engine);
    }

    @Test
    void whatTheMachineryCannotJudgeIsAnErrorAndNeverAZero() throws IOException {
        Benchmark benchmark = benchmark(3, SAMPLING, "pass", "fail", "timeout", "gold", "error");

        BenchmarkResult result = evaluator("e").evaluate(benchmark, done -> {});

        assertEquals(List.of(1.0, 1.0, 1.0), result.scores().get(0).samples());
        assertEquals(List.of(0.0, 0.0, 0.0), result.scores().get(1).samples());
        assertNull(result.scores().get(1).error());
        List<String> reasons = List.of("TIMEOUT: too slow", "UNPARSEABLE_GOLD: no answer", "ERROR: broken");
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(), result.scores().get(2 + i).samples());
            assertEquals(reasons.get(i), result.scores().get(2 + i).error());
        }
        assertEquals(0.5, result.metrics().get("eval/bench"));
        assertEquals(3, result.metrics().get("eval/bench/errors"));
        assertTrue(result.metrics().get("eval/bench/length") <= 4);
        assertEquals(2, result.answers().size());
    }

    @Test
    void aBenchmarkThatCouldNotBeJudgedAtAllHasNoScore() throws IOException {
        BenchmarkResult result = evaluator("e").evaluate(benchmark(2, SAMPLING, "error", "error"), done -> {});

        assertFalse(result.metrics().containsKey("eval/bench"));
    }

    @Test
    void aLineOfScoresHasTheFieldsOfTheGate() throws IOException {
        BenchmarkResult result = evaluator("e").evaluate(benchmark(2, SAMPLING, "pass", "error"), done -> {});

        String print = result.fingerprint();
        assertEquals(
                "{\"benchmark\":\"bench\",\"cluster\":\"c\",\"fingerprint\":\"" + print
                        + "\",\"item\":\"0\",\"samples\":[1.0,1.0]}",
                new String(CanonicalJson.bytes(result.scores().get(0)), StandardCharsets.UTF_8));
        assertEquals(
                "{\"benchmark\":\"bench\",\"error\":\"ERROR: broken\",\"fingerprint\":\"" + print
                        + "\",\"item\":\"1\",\"samples\":[]}",
                new String(CanonicalJson.bytes(result.scores().get(1)), StandardCharsets.UTF_8));
    }

    @Test
    void theFingerprintCoversWhatMayNotDifferAndNotTheNumberOfSamples() throws IOException {
        String print = evaluator("e").fingerprint(benchmark(2, SAMPLING, "pass"));

        assertEquals(print, evaluator("e").fingerprint(benchmark(9, SAMPLING, "pass")));
        assertNotEquals(print, evaluator("f").fingerprint(benchmark(2, SAMPLING, "pass")));
        assertNotEquals(print, evaluator("e").fingerprint(benchmark(2, new SamplingSettings(0.6, 1, 0, 4), "pass")));
        assertNotEquals(print, evaluator("e").fingerprint(benchmark(2, new SamplingSettings(1, 1, 0, 5), "pass")));
        assertNotEquals(print, evaluator("e").fingerprint(benchmark(2, SAMPLING, "pass", "pass")));
        try (Verifiers newer = Verifiers.with(List.of(new Scripted("2")))) {
            Evaluator other = new Evaluator(model, tokenizer, newer, s -> null, "e");
            assertNotEquals(print, other.fingerprint(benchmark(2, SAMPLING, "pass")));
        }
    }

    @Test
    void anItemsAnswersDependOnItsIdAndNotOnItsNeighboursOrTheNumberOfSamples() throws IOException {
        BenchmarkResult alone = evaluator("e").evaluate(benchmark(2, SAMPLING, "length"), done -> {});
        BenchmarkResult among =
                evaluator("e").evaluate(benchmark(5, SAMPLING, "length", "length", "length"), done -> {});

        assertEquals(
                alone.scores().get(0).samples(), among.scores().get(0).samples().subList(0, 2));
        assertEquals(alone.answers().get(0), among.answers().get(0));
    }

    @Test
    void progressIsReportedAndMayEndTheEvaluation() throws IOException {
        String[] outcomes = new String[300];
        java.util.Arrays.fill(outcomes, "pass");
        Benchmark benchmark = benchmark(1, SAMPLING, outcomes);
        List<Integer> done = new ArrayList<>();
        evaluator("e").evaluate(benchmark, done::add);
        assertEquals(List.of(256, 300), done);

        assertThrows(IllegalStateException.class, () -> evaluator("e").evaluate(benchmark, items -> {
            throw new IllegalStateException("stop");
        }));
    }
}
