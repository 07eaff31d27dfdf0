package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;

@ExtendWith(RealMlflow.class)
class MlflowTrackerTest {
    private static final long PAST = 1_600_000_000_000L;

    @TempDir
    Path folder;

    private final MlflowRest server;

    MlflowTrackerTest(SharedMlflow mlflow) {
        server = mlflow.rest();
    }

    private static String id(Tracker tracker, String run) {
        return tracker.mlflowRunId(run).orElseThrow(() -> new AssertionError(tracker.warnings()));
    }

    private Service.Run run(String id) throws TrackingException {
        return server.run(id).orElseThrow();
    }

    private static Map<String, String> tags(Service.Run run) {
        return run.getData().getTagsList().stream()
                .collect(Collectors.toMap(Service.RunTag::getKey, Service.RunTag::getValue));
    }

    private static Map<String, String> params(Service.Run run) {
        return run.getData().getParamsList().stream()
                .collect(Collectors.toMap(Service.Param::getKey, Service.Param::getValue));
    }

    @Test
    void nestsTheRunsOfStagesUnderTheCascade() throws Exception {
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server)) {
            String parent = tracker.startRun(RunStart.of("nesting", "cascade"));
            String child = tracker.startRun(RunStart.of("nesting", "sft").childOf(parent));

            Service.Run stage = run(id(tracker, child));
            assertEquals(id(tracker, parent), tags(stage).get("mlflow.parentRunId"));
            assertEquals("sft", stage.getInfo().getRunName());
            assertEquals(Service.RunStatus.RUNNING, stage.getInfo().getStatus());
            assertEquals(List.of(), tracker.warnings());
        }
    }

    @Test
    void logsMetricsWithTheirStepsAndPastTimes() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("metrics", "sft"));
        for (int step = 0; step < 2500; step++) {
            tracker.metrics(run, step, PAST + step, Map.of("train/loss", 1.0 / (step + 1), "pass@1", step / 2500.0));
        }
        tracker.endRun(run, RunStatus.FINISHED);
        tracker.close();

        List<Service.Metric> loss = server.metricHistory(id(tracker, run), "train/loss");
        assertEquals(2500, loss.size());
        for (Service.Metric point : loss) {
            assertEquals(PAST + point.getStep(), point.getTimestamp());
            assertEquals(1.0 / (point.getStep() + 1), point.getValue());
        }
        assertEquals(2500, server.metricHistory(id(tracker, run), "pass_at_1").size());
        assertEquals(Service.RunStatus.FINISHED, run(id(tracker, run)).getInfo().getStatus());
        assertEquals(List.of(), tracker.warnings());
    }

    @Test
    void keepsNotANumberAndTheLargestDoubleForInfinity() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("metrics", "diverging"));
        tracker.metrics(run, 1, PAST, Map.of("loss", Double.NaN, "norm", Double.POSITIVE_INFINITY));
        tracker.close();

        String id = id(tracker, run);
        assertTrue(Double.isNaN(server.metricHistory(id, "loss").get(0).getValue()));
        assertEquals(Double.MAX_VALUE, server.metricHistory(id, "norm").get(0).getValue());
        assertEquals(List.of(), tracker.warnings());
    }

    @Test
    void cutsLongValuesVisiblyAndKeepsTheFirstValueOfAParameter() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("params", "sft")
                .withParams(Map.of("learning_rate", "0.002", "prompt", "x".repeat(7000)))
                .withTags(
                        Map.of("mlflow.note.content", "[build 7](http://localhost/job/7)", "long", "y".repeat(9000))));
        tracker.close();
        Service.Run known = run(id(tracker, run));
        assertEquals("0.002", params(known).get("learning_rate"));
        assertEquals(6000, params(known).get("prompt").length());
        assertTrue(params(known).get("prompt").endsWith("x ... [cut, 7000 characters]"));
        assertEquals(8000, tags(known).get("long").length());
        assertEquals("[build 7](http://localhost/job/7)", tags(known).get("mlflow.note.content"));
    }

    @Test
    void leavesOutOnlyWhatTheServerRejects() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("params", "changing").withParams(Map.of("seed", "1")));
        tracker.params(run, Map.of("seed", "2", "steps", "650"));
        tracker.metrics(run, 0, PAST, Map.of("loss", 1.0));
        tracker.close();

        Service.Run known = run(id(tracker, run));
        assertEquals(Map.of("seed", "1", "steps", "650"), params(known));
        assertEquals(1, server.metricHistory(known.getInfo().getRunId(), "loss").size());
        assertEquals(1, tracker.warnings().size(), tracker.warnings().toString());
        assertTrue(
                tracker.warnings().get(0).contains("seed"), tracker.warnings().toString());
    }

    @Test
    void goesOnWithARunOfAnEarlierProcess() throws Exception {
        Path journal = folder.resolve("journal.jsonl");
        MlflowTracker first = MlflowTracker.open(journal, server);
        String run = first.startRun(RunStart.of("resuming", "sft"));
        first.metrics(run, 0, PAST, Map.of("loss", 2.0));
        first.endRun(run, RunStatus.KILLED);
        first.close();
        String id = id(first, run);
        assertEquals(Service.RunStatus.KILLED, run(id).getInfo().getStatus());

        MlflowTracker second = MlflowTracker.open(journal, server);
        assertEquals(run, second.startRun(RunStart.of("resuming", "sft").resuming(run)));
        assertEquals(id, id(second, run));
        assertEquals(Service.RunStatus.RUNNING, run(id).getInfo().getStatus());
        second.metrics(run, 1, PAST + 1, Map.of("loss", 1.0));
        second.endRun(run, RunStatus.FINISHED);
        second.close();

        assertEquals(2, server.metricHistory(id, "loss").size());
        assertEquals(Service.RunStatus.FINISHED, run(id).getInfo().getStatus());
        assertEquals(List.of(), second.warnings());
    }

    @Test
    void goesOnWithARunThatOnlyMlflowKnows() throws Exception {
        String experiment = server.experimentId("resuming elsewhere");
        String id = server.createRun(Service.CreateRun.newBuilder()
                        .setExperimentId(experiment)
                        .setRunName("made elsewhere")
                        .build())
                .getInfo()
                .getRunId();
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        tracker.startRun(RunStart.of("resuming elsewhere", "sft").resuming(id));
        tracker.metrics(id, 3, PAST, Map.of("loss", 1.0));
        tracker.close();
        assertEquals(1, server.metricHistory(id, "loss").size());
    }

    @Test
    void linksToTheRunAndToTheChartOfItsExperiment() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("links", "sft"));
        String experiment = server.experimentId("links");
        String page = server.address() + "/#/experiments/" + experiment + "/runs";
        assertEquals(
                page + "/" + id(tracker, run) + "?workflowType=machine_learning",
                tracker.url(run).orElseThrow());
        assertEquals(
                page + "?workflowType=machine_learning&compareRunsMode=CHART",
                tracker.comparisonUrl(run).orElseThrow());
        tracker.close();
    }

    @Test
    void stopsLoggingToARunThatWasDeleted() throws Exception {
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), server);
        String run = tracker.startRun(RunStart.of("deleting", "sft"));
        String id = id(tracker, run);
        DeletedRuns.delete(server.address(), id);
        tracker.metrics(run, 0, PAST, Map.of("loss", 1.0));
        tracker.endRun(run, RunStatus.FINISHED);
        String other = tracker.startRun(RunStart.of("deleting", "rlhf"));
        tracker.close();
        assertTrue(
                tracker.warnings().get(0).contains("Run " + id + " was deleted"),
                tracker.warnings().toString());
        assertEquals(1, tracker.warnings().size());
        assertTrue(tracker.url(other).isPresent());
    }
}
