package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Records that look like real ones. The scores of {@link #paper} are those of the unified 8B model of Nemotron-Cascade (arXiv 2512.13607,
 * tables 2 and 4 to 8), which publishes no error bars: the standard errors are binomial ones over items. Everything else is made up.
 */
final class Examples {
    private static final String START = "2026-11-24T02:00:00Z";
    private static final String[] PAPER_STAGES = {"SFT", "RLHF", "IF-RL", "Math RL", "Code RL", "SWE RL"};

    private Examples() {}

    /** A benchmark of the paper: items, samples an item, margin of the gate, scores in per cent after each stage. */
    private record Column(String name, int items, int samples, double margin, double... scores) {}

    private static final List<Column> PAPER = List.of(
            new Column("MMLU", 14079, 1, .01, 83.0, 83.1, 83.4, 83.4, 83.7, 83.7),
            new Column("MMLU-Pro", 12000, 1, .015, 74.4, 77.8, 74.5, 75.0, 75.3, 75.7),
            new Column("GPQA-Diamond", 198, 8, .035, 63.5, 66.8, 66.1, 65.7, 67.4, 66.5),
            new Column("ArenaHard", 500, 1, .04, 70.0, 90.1, 88.0, 87.0, 87.8, 87.9),
            new Column("IFEval", 541, 8, .015, 70.8, 50.1, 90.4, 92.1, 90.7, 90.2),
            new Column("IFBench", 294, 8, .03, 21.2, 24.5, 40.5, 40.4, 38.1, 40.8),
            new Column("AIME24", 30, 64, .035, 83.6, 86.1, 86.2, 90.2, 89.1, 89.5),
            new Column("AIME25", 30, 64, .035, 72.8, 75.0, 75.2, 81.9, 80.5, 80.1),
            new Column("LiveCodeBench-v5", 279, 8, .025, 59.2, 70.2, 70.2, 70.6, 75.3, 74.3),
            new Column("LiveCodeBench-v6", 454, 8, .025, 56.7, 67.2, 66.7, 67.4, 71.5, 71.1),
            new Column("SWE-bench-Verified", 500, 4, .03, 26.1, 28.2, 28.3, 30.6, 31.6, 37.2));

    /** The paper's cascade, gated against the parent; policies let it go on. */
    static CascadeRecord paper() {
        CascadeRecord cascade = CascadeRecord.started("nemotron-cascade-8b", 42, START);
        for (int i = 0; i < PAPER_STAGES.length; i++) {
            cascade = cascade.withStage(paperStage(i));
        }
        return cascade.withMlflowUrl("https://mlflow.example.org/#/experiments/3/runs/0f3c")
                .withCommit("3f9a1c77b2d04e5f")
                .withResult("UNSTABLE", "2026-11-26T09:14:00Z");
    }

    private static StageRecord paperStage(int i) {
        StageKind kind = i == 0 ? StageKind.SFT : i == 1 ? StageKind.RLHF : StageKind.RLVR;
        Map<String, ScoreSummary> scores = new LinkedHashMap<>();
        List<BenchmarkDecision> rows = new ArrayList<>();
        for (Column column : PAPER) {
            double score = column.scores()[i] / 100;
            double error = Math.sqrt(score * (1 - score) / column.items());
            scores.put(column.name(), new ScoreSummary(score, error, column.items(), column.samples()));
            if (i > 0) {
                rows.add(Decisions.protect(
                        column.name(), column.scores()[i - 1] / 100, score, column.margin() * .33, column.margin()));
            }
        }
        StageRecordBuilder stage = StageRecord.builder(PAPER_STAGES[i], kind)
                .domain(
                        kind == StageKind.RLVR
                                ? List.of("", "", "instruction-following", "math", "code", "swe")
                                        .get(i)
                                : null)
                .key("sha256:" + "0a".repeat(32))
                .parent(i == 0 ? null : PAPER_STAGES[i - 1])
                .status(StageRecord.Status.ACCEPTED)
                .scores(scores)
                .trainSeconds(3600 * 7.5 * (i + 1))
                .evaluateSeconds(4100)
                .trainedTokens(3_200_000_000L)
                .sampledTokens(i == 0 ? 0 : 2_900_000_000L);
        if (i > 0) {
            var decision = Decisions.gate(rows.toArray(new BenchmarkDecision[0]));
            stage.gate(decision, "parent").policy("unstable", "continue");
            stage.status(
                    switch (decision.verdict()) {
                        case PASS, INCONCLUSIVE -> StageRecord.Status.ACCEPTED;
                        case REGRESSED, ERROR -> StageRecord.Status.UNSTABLE;
                    });
        }
        return stage.build();
    }

    /** A small cascade with events and answers in the workspace; with sabotage the last stage is rejected. */
    static CascadeRecord quickstart(Path workspace, boolean sabotage) throws IOException {
        double[][] scores = {
            {.590, .266, .551, .689},
            {.934, .270, .556, .684},
            {.957, .453, .560, .691},
            {.973, .480, .809, .700},
            sabotage ? new double[] {.610, .190, .279, .931} : new double[] {.987, .499, .830, .938}
        };
        String[] names = {"sft", "rlhf", "instruction-following", "math", "code"};
        CascadeRecord cascade = CascadeRecord.started("quickstart", 0, "2026-11-24T11:40:23Z");
        for (int i = 0; i < names.length; i++) {
            boolean bad = sabotage && i == names.length - 1;
            StageRecord stage = small(names, scores, i, bad);
            events(workspace.resolve(stage.directory()), i, bad);
            answers(workspace.resolve(stage.directory()), i, bad);
            cascade = cascade.withStage(stage);
        }
        if (sabotage) {
            return cascade.withResult("FAILURE", "2026-11-24T11:46:31Z");
        }
        GateRecord last = new GateRecord(
                "Final gate",
                "sft",
                "code",
                Decisions.gate(rows(scores[0], scores[4])),
                "fail",
                "fail",
                StageRecord.Status.ACCEPTED,
                "No benchmark is worse than after sft.");
        return cascade.withGate(last).withResult("SUCCESS", "2026-11-24T11:46:31Z");
    }

    private static BenchmarkDecision[] rows(double[] before, double[] after) {
        String[] benchmarks = {"preference", "instructions", "math", "code"};
        BenchmarkDecision[] rows = new BenchmarkDecision[4];
        for (int b = 0; b < 4; b++) {
            rows[b] = Decisions.protect(benchmarks[b], before[b], after[b], .011 + .002 * b, .05);
        }
        return rows;
    }

    private static StageRecord small(String[] names, double[][] scores, int i, boolean bad) {
        Map<String, ScoreSummary> summary = new LinkedHashMap<>();
        String[] benchmarks = {"preference", "instructions", "math", "code"};
        for (int b = 0; b < 4; b++) {
            summary.put(benchmarks[b], new ScoreSummary(scores[i][b], .018, 256, 4));
        }
        StageKind kind = i == 0 ? StageKind.SFT : i == 1 ? StageKind.RLHF : StageKind.RLVR;
        StageRecordBuilder stage = StageRecord.builder(names[i], kind)
                .domain(kind == StageKind.RLVR ? names[i] : null)
                .key("sha256:" + "7c".repeat(32))
                .parent(i == 0 ? null : names[i - 1])
                .status(bad ? StageRecord.Status.REJECTED : StageRecord.Status.ACCEPTED)
                .directory("cascade/" + names[i])
                .checkpoint("cascade/" + names[i] + "/checkpoints/final")
                .checkpointDigest("sha256:" + "b1".repeat(32))
                .data(List.of(
                        new DataFile(DataRole.PROMPTS, "data/" + names[i] + ".jsonl", "sha256:" + "e4".repeat(32))))
                .settings(settings(bad))
                .seed(7)
                .reused(false, "no earlier result has this key")
                .scores(summary)
                .trainSeconds(20 + 13 * i)
                .evaluateSeconds(6.2)
                .trainedTokens(410_000L + 90_000 * i)
                .sampledTokens(i == 0 ? 0 : 320_000L);
        if (i > 0) {
            stage.gate(Decisions.gate(rows(scores[i - 1], scores[i])), "parent").policy("fail", "fail");
        }
        if (bad) {
            stage.message("math fell by 53.0 points (95 % bounds −55.5 to −50.5), more than its margin of 5.");
        }
        return stage.build();
    }

    private static RlvrSettings settings(boolean bad) {
        OptimizerSettings optimizer =
                new OptimizerSettings(bad ? 2e-3 : 1e-4, .1, 5, Schedule.LINEAR, .9, .95, 1e-8, 0, 1);
        SamplingSettings sampling = new SamplingSettings(1, 1, 0, 32);
        return new RlvrSettings(
                new GrpoSettings(optimizer, 40, 16, 16, sampling, 0, bad ? 0 : .25, false, .01, 64, 20));
    }

    private static void events(Path directory, int i, boolean bad) throws IOException {
        Random random = new Random(i);
        StringBuilder lines = new StringBuilder();
        int steps = i == 0 ? 650 : 50;
        for (int step = 1; step <= steps; step++) {
            double t = step / (double) steps;
            Map<String, Double> metrics = i == 0
                    ? Map.of(
                            "train/loss",
                            0.4 + 3.4 * Math.exp(-6 * t) + .05 * random.nextGaussian(),
                            "train/learning_rate",
                            2e-3 * (1 - .9 * t))
                    : Map.of(
                            "reward/mean",
                            .55 + .35 * t + .04 * random.nextGaussian(),
                            "rollout/length",
                            14 - 3 * t + .3 * random.nextGaussian(),
                            "policy/entropy",
                            bad ? .02 + .5 * Math.exp(-9 * t) : .5 - .2 * t + .01 * random.nextGaussian(),
                            "rollout/truncated",
                            .03 * (1 - t),
                            "train/grad_norm",
                            .4 + .05 * random.nextGaussian(),
                            "train/loss",
                            .01 * random.nextGaussian());
            String phase = i == 0 ? "sft" : "policy";
            StageEvent event =
                    new StageEvent(StageEvent.Kind.STEP, phase, step, steps, 1_795_000_000_000L + step, metrics, "");
            lines.append(CanonicalJson.MAPPER.writeValueAsString(event)).append('\n');
        }
        for (String benchmark : List.of("preference", "instructions", "math", "code")) {
            String name = "eval/" + benchmark;
            Map<String, Double> metrics = Map.of(
                    name, .5, name + "/length", 14.5 - i, name + "/truncated", bad ? .31 : .004, name + "/errors", 0.0);
            StageEvent event = new StageEvent(
                    StageEvent.Kind.SCORE, "evaluation", 256, 256, 1_795_000_100_000L, metrics, benchmark);
            lines.append(CanonicalJson.MAPPER.writeValueAsString(event)).append('\n');
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(StageFiles.EVENTS), lines);
    }

    private static void answers(Path directory, int i, boolean bad) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int item = 0; item < 3; item++) {
            ObjectNode answer = CanonicalJson.MAPPER.createObjectNode();
            answer.put("benchmark", "math").put("item", "math-" + item);
            answer.put("prompt", "Bob has 9 pens . Bob loses 3 then finds " + (item + 2) + " . How many now ?");
            answer.put(
                    "response", bad ? "return return ( x )" : "<think> 9 - 3 = 6 ; </think> " + (i > 2 ? 8 + item : 7));
            answer.put("score", i > 2 && !bad ? 1.0 : 0.0);
            lines.append(answer).append('\n');
        }
        Files.writeString(directory.resolve(StageFiles.ANSWERS), lines);
    }
}
