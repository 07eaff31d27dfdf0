package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCalibrationTest {

    private static final int ITEMS = 300;

    @TempDir
    Path folder;

    @Test
    void samplingNoiseIsMeasuredAndAFarMarginIsUsable() {
        SelfFinding finding = only(SelfCalibration.of(sampled(8, 0, 1), policy(0.05)));

        double expected = Math.sqrt(2 * meanVariance() / 8 / ITEMS);
        assertEquals(expected, finding.standardError(), 0.15 * expected);
        assertEquals(GateVerdict.PASS, finding.verdict(), finding.sentence());
        assertTrue(finding.passIfUnchanged() > 0.95, finding.sentence());
        assertTrue(finding.dropShown() < 0.09, finding.toString());
        assertEquals(4, finding.samplesPerSide());
        assertTrue(finding.sentence().endsWith("an unchanged model passes 98 %."), finding.sentence());
    }

    @Test
    void aNearMarginIsNotUsableAndTheNumberOfSamplesThatWouldDoIsRight() {
        SelfCalibration calibration = SelfCalibration.of(sampled(8, 0, 1), policy(0.02));
        SelfFinding finding = only(calibration);

        double needed = Math.pow((1.645 + 0.8416) / 0.02, 2) * 2 * meanVariance() / ITEMS;
        assertEquals(GateVerdict.INCONCLUSIVE, calibration.verdict(), finding.sentence());
        String samples = finding.sentence().replaceAll(".*raise K to (\\d+) or raise the margin.*", "$1");
        assertEquals(needed, Integer.parseInt(samples), 0.3 * needed, finding.sentence());
        assertEquals("Not usable as it is: math.", calibration.summary());
    }

    @Test
    void twoEvaluationsOfOneModelAgree() {
        SelfFinding finding = only(SelfCalibration.of(sampled(4, 0, 1), sampled(4, 0, 2), policy(0.08)));

        assertEquals(GateVerdict.PASS, finding.verdict(), finding.sentence());
        assertEquals(4, finding.samplesPerSide());
    }

    @Test
    void twoEvaluationsThatDifferByMoreThanSamplingAreFound() {
        SelfFinding finding = only(SelfCalibration.of(sampled(8, 0, 1), sampled(8, -0.1, 2), policy(0.08)));

        assertTrue(finding.unstable());
        assertEquals(GateVerdict.REGRESSED, finding.verdict());
        assertTrue(finding.sentence().contains("differ by more than sampling explains"), finding.sentence());
    }

    @Test
    void oneSampleAnItemCannotBeComparedWithItself() {
        SelfFinding finding = only(SelfCalibration.of(sampled(1, 0, 1), policy(0.05)));

        assertEquals(GateVerdict.ERROR, finding.verdict());
        assertTrue(finding.sentence().contains("once more with another seed"), finding.sentence());
    }

    @Test
    void samplesThatNeverDifferCannotHideALossOnEnoughItems() {
        assertEquals(
                GateVerdict.PASS,
                only(SelfCalibration.of(constant(60), policy(0.05))).verdict());
        SelfFinding few = only(SelfCalibration.of(constant(40), policy(0.05)));
        assertEquals(GateVerdict.INCONCLUSIVE, few.verdict());
        assertTrue(few.sentence().endsWith("use at least 59 items or raise the margin to 6.4 points."), few.sentence());
    }

    @Test
    void aTargetThatNothingChangedIsNotReached() {
        SelfFinding finding = only(SelfCalibration.of(sampled(8, 0, 1), GatePolicy.of(Gate.target("math", 0))));

        assertEquals(GateVerdict.PASS, finding.verdict(), finding.sentence());
        assertTrue(finding.passed() < 0.09, finding.sentence());
        assertTrue(finding.sentence().contains("a gain was found in "), finding.sentence());
    }

    @Test
    void whatIsMissingIsAnErrorEvenOnAWatchedBenchmark() {
        SelfCalibration calibration = SelfCalibration.of(
                sampled(8, 0, 1), GatePolicy.of(Gate.protect("math", 0.05), Gate.watch("code", 0.05)));

        assertEquals(GateVerdict.ERROR, calibration.verdict());
        assertEquals("Not usable as it is: code.", calibration.summary());
    }

    @Test
    void differentItemsOfTwoEvaluationsAreAnError() {
        Map<String, BenchmarkScores> other = constant(40);

        assertEquals(
                GateVerdict.ERROR,
                SelfCalibration.of(sampled(8, 0, 1), other, policy(0.05)).verdict());
    }

    @Test
    void filesGoInAndJsonComesOut() throws IOException {
        Path scores = folder.resolve("scores.jsonl");
        ScoreFile.write(scores, sampled(8, 0, 1).values());
        Path gates =
                Files.writeString(folder.resolve("g.json"), "{\"gates\":[{\"benchmark\":\"math\",\"margin\":0.05}]}");

        SelfCalibration calibration = SelfCalibration.of(List.of(scores), gates);
        JsonNode json = JsonMapper.builder().build().readTree(SelfCalibrationText.json(calibration));

        assertEquals("PASS", json.get("verdict").asText());
        JsonNode math = json.get("benchmarks").get(0);
        assertEquals(
                calibration.standardErrors().get("math"),
                math.get("selfStandardError").asDouble());
        assertEquals(400, math.get("comparisons").asInt());
        SelfCalibration absent = SelfCalibration.of(List.of(folder.resolve("absent")), gates);
        assertEquals(GateVerdict.ERROR, absent.verdict());
        assertTrue(SelfCalibrationText.sentences(absent).contains("there is no such file"));
    }

    /** Abilities from 0.2 to 0.9, evenly. */
    private static double ability(int item) {
        return 0.2 + 0.7 * item / ITEMS;
    }

    private static double meanVariance() {
        double sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += ability(i) * (1 - ability(i));
        }
        return sum / ITEMS;
    }

    private static Map<String, BenchmarkScores> sampled(int samples, double change, long seed) {
        Random random = new Random(seed);
        List<ItemScores> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            double[] scores = new double[samples];
            for (int k = 0; k < samples; k++) {
                scores[k] = random.nextDouble() < ability(i) + change ? 1 : 0;
            }
            items.add(ItemScores.of(Integer.toString(i), scores));
        }
        return Scores.of("math", items);
    }

    private static Map<String, BenchmarkScores> constant(int count) {
        List<ItemScores> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(ItemScores.of(Integer.toString(i), i % 2, i % 2));
        }
        return Scores.of("math", items);
    }

    private static GatePolicy policy(double margin) {
        return GatePolicy.of(Gate.protect("math", margin));
    }

    private static SelfFinding only(SelfCalibration calibration) {
        assertEquals(1, calibration.findings().size());
        return calibration.findings().get(0);
    }
}
