package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;

@ExtendWith(RealMlflow.class)
class ServerCrashTest {
    private static final long PAST = 1_600_000_000_000L;

    @TempDir
    Path folder;

    private final SharedMlflow mlflow;

    ServerCrashTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int points(MlflowRest rest, String run, String metric) {
        try {
            return rest.metricHistory(run, metric).size();
        } catch (TrackingException e) {
            return 0;
        }
    }

    @Test
    void losesAndDoublesNothingWhenTheServerIsKilledWhileItIsLoggedTo() throws Exception {
        MlflowRest rest = mlflow.rest();
        MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), rest);
        String parent = tracker.startRun(RunStart.of("crash", "cascade"));
        String run = tracker.startRun(RunStart.of("crash", "sft").childOf(parent));
        String id = tracker.mlflowRunId(run).orElseThrow();
        int step = 0;
        for (; step < 3000; step++) {
            tracker.metrics(run, step, PAST + step, Map.of("loss", step * 0.5, "grad_norm", 1.0));
        }
        await("the first points arrive", () -> points(rest, id, "loss") > 0);
        mlflow.kill();
        for (; step < 6000; step++) {
            tracker.metrics(run, step, PAST + step, Map.of("loss", step * 0.5, "grad_norm", 1.0));
        }
        await("the warning", () -> !tracker.warnings().isEmpty());
        assertTrue(
                tracker.warnings()
                        .get(0)
                        .startsWith("MLflow at " + mlflow.server().uri() + " does not answer (connection refused);"
                                + " everything is kept in " + folder.resolve("journal.jsonl")),
                tracker.warnings().toString());
        String startedWhileAway = tracker.startRun(RunStart.of("crash", "rlhf").childOf(parent));

        String before = mlflow.server().uri();
        mlflow.startAgain();
        assertEquals(before, mlflow.server().uri());
        tracker.endRun(run, RunStatus.FINISHED);
        await("everything arrives", () -> tracker.warnings().isEmpty());
        tracker.close();

        assertEquals(List.of(), tracker.warnings());
        for (String metric : List.of("loss", "grad_norm")) {
            List<Service.Metric> points = rest.metricHistory(id, metric);
            assertEquals(6000, points.size(), metric);
            assertEquals(
                    6000,
                    points.stream().map(Service.Metric::getStep).distinct().count(),
                    metric);
        }
        assertEquals(
                Service.RunStatus.FINISHED, rest.run(id).orElseThrow().getInfo().getStatus());
        assertNotEquals(id, tracker.mlflowRunId(startedWhileAway).orElseThrow());
    }

    @Test
    void keepsEverythingWhenTheServerIsAwayFromTheStart() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path journal = folder.resolve("journal.jsonl");
        Tracker tracker = Tracker.open(journal, TrackingEnvironment.none().withTrackingUri("http://127.0.0.1:" + port));
        String run = tracker.startRun(RunStart.of("away", "sft"));
        tracker.metrics(run, 0, PAST, Map.of("loss", 1.0));
        tracker.endRun(run, RunStatus.FINISHED);
        tracker.close();
        assertTrue(tracker.url(run).isEmpty());
        assertEquals(
                List.of("MLflow at http://127.0.0.1:" + port + " does not answer (connection refused); everything is"
                        + " kept in " + journal + ": run ./cascade mlflow sync " + journal + " when it answers."),
                tracker.warnings());

        MlflowRest rest = mlflow.rest();
        assertEquals(1, JournalSync.sync(journal, rest).runs());
        Service.Run known =
                rest.findRun(rest.experimentId("away"), RunTags.RUN, run).orElseThrow();
        assertEquals(1, points(rest, known.getInfo().getRunId(), "loss"));
    }
}
