package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateEvaluator;
import io.jenkins.plugins.cascade.gate.GatePolicy;
import io.jenkins.plugins.cascade.gate.ItemScores;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.report.ScoreSummary;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;

class StageResultTest {
    @Test
    void onAnAgentTheCheckpointIsAnAbsolutePath() {
        String relative = new StageResult(regressed()).getCheckpoint();
        assertEquals(
                "/ws/job/.cascade/" + relative,
                StageResult.on(regressed(), "/ws/job/.cascade").getCheckpoint());
    }

    @Test
    void showsTheOutcomeInPointsAndNamesWhatRegressed() {
        StageResult result = new StageResult(regressed());
        assertEquals("math", result.getName());
        assertEquals("rejected", result.getStatus());
        assertEquals("REGRESSED", result.getVerdict());
        assertEquals(Map.of("math", 20.0), result.getScores());
        assertEquals(List.of("math"), result.getRegressions());
        assertEquals("stages/a/checkpoints/final", result.getCheckpoint());
        assertTrue(result.getMarkdown().contains("| math |"), result.getMarkdown());
    }

    @Test
    void survivesARestart() throws Exception {
        StageResult before = new StageResult(regressed());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(before);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            StageResult after = (StageResult) in.readObject();
            assertEquals(before.toString(), after.toString());
            assertEquals(before.getScores(), after.getScores());
            assertEquals(before.getMarkdown(), after.getMarkdown());
        }
    }

    @Test
    void everyGetterMayBeCalledUnderTheSandbox() {
        List<String> refused = Arrays.stream(StageResult.class.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("get"))
                .filter(method -> !method.isAnnotationPresent(Whitelisted.class))
                .map(Method::getName)
                .toList();
        assertEquals(List.of(), refused);
    }

    private static StageRecord regressed() {
        GateDecision decision = new GateEvaluator()
                .evaluate(
                        Map.of("math", scores(0.8)),
                        Map.of("math", scores(0.2)),
                        GatePolicy.of(Gate.protect("math", 0.05)),
                        1);
        return StageRecord.builder("math", StageKind.RLVR)
                .status(StageRecord.Status.REJECTED)
                .checkpoint("stages/a/checkpoints/final")
                .scores(Map.of("math", new ScoreSummary(0.2, 0.04, 100, 1)))
                .gate(decision, "sft")
                .build();
    }

    private static BenchmarkScores scores(double mean) {
        return new BenchmarkScores(
                "math",
                "f",
                IntStream.range(0, 100)
                        .mapToObj(i -> ItemScores.of("i" + i, i < 100 * mean ? 1 : 0))
                        .toList());
    }
}
