package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server. */
@ExtendWith(RealMlflow.class)
class RunSearchTest {
    private static final String KEY = "sha256:" + "ab12".repeat(16);

    private final SharedMlflow mlflow;

    @TempDir
    Path folder;

    RunSearchTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
    }

    private static String run(Tracker tracker, String experiment, RunStatus status, String gate, String branch) {
        String run = tracker.startRun(RunStart.of(experiment, "math")
                .withTags(Map.of(
                        RunSearch.KEY,
                        KEY,
                        "gate.status",
                        gate,
                        "mlflow.source.git.branch",
                        branch,
                        "cascade.stage",
                        "math"))
                .withParams(Map.of("seed", "7")));
        tracker.metrics(run, 0, 5, Map.of("eval/gsm8k", 0.5));
        if (status != null) {
            tracker.endRun(run, status);
        }
        return tracker.mlflowRunId(run).orElseThrow();
    }

    @Test
    void theLastAcceptedRunIsTheNewestThatFinishedAndWasAcceptedOnTheBranch() throws Exception {
        String main;
        String feature;
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), mlflow.rest())) {
            run(tracker, "search", RunStatus.FINISHED, "accepted", "main");
            main = run(tracker, "search", RunStatus.FINISHED, "accepted", "main");
            feature = run(tracker, "search", RunStatus.FINISHED, "accepted", "feature");
            run(tracker, "search", RunStatus.FINISHED, "rejected", "main");
            run(tracker, "search", RunStatus.FAILED, "accepted", "main");
            run(tracker, "search", null, "accepted", "main");
            run(tracker, "elsewhere", RunStatus.FINISHED, "accepted", "main");
        }
        RunSearch search = mlflow.rest().search();
        FoundRun onMain = search.lastAccepted(
                        "search", Map.of("mlflow.source.git.branch", "main", "cascade.stage", "math"))
                .orElseThrow();
        assertEquals(main, onMain.runId());
        assertEquals("FINISHED", onMain.status());
        assertEquals(Optional.of(KEY), onMain.tag(RunSearch.KEY));
        assertEquals(Map.of("seed", "7"), onMain.params());
        assertEquals(Map.of("eval/gsm8k", 0.5), onMain.metrics());
        assertTrue(onMain.endMillis() >= onMain.startMillis(), onMain.toString());
        assertEquals(
                feature, search.lastAccepted("search", Map.of()).orElseThrow().runId());
        assertEquals(Optional.empty(), search.lastAccepted("search", Map.of("mlflow.source.git.branch", "nobody")));
        assertEquals(Optional.empty(), search.lastAccepted("no such experiment", Map.of()));

        List<FoundRun> byKey = search.acceptedByKey("search", KEY);
        assertEquals(3, byKey.size());
        assertEquals(feature, byKey.get(0).runId());
        assertEquals(List.of(), search.acceptedByKey("search", KEY.replace('a', 'c')));
        assertEquals(onMain, search.byId(main).orElseThrow());
    }

    @Test
    void aRunThatIsNotThereOrWasDeletedIsEmpty() throws Exception {
        RunSearch search = mlflow.rest().search();
        assertEquals(Optional.empty(), search.byId("0".repeat(32)));
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), mlflow.rest())) {
            String gone = run(tracker, "deleted", RunStatus.FINISHED, "accepted", "main");
            DeletedRuns.delete(mlflow.rest().address(), gone);
            assertEquals(Optional.empty(), search.byId(gone));
            assertEquals(Optional.empty(), search.lastAccepted("deleted", Map.of()));
        }
    }

    @Test
    void nestedRunsAreFoundByTheirParent() throws Exception {
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), mlflow.rest())) {
            String parent = tracker.startRun(RunStart.of("nested", "cascade"));
            String child = tracker.startRun(RunStart.of("nested", "sft").childOf(parent));
            tracker.endRun(child, RunStatus.FINISHED);
            RunSearch search = mlflow.rest().search();
            FoundRun found =
                    search.byId(tracker.mlflowRunId(parent).orElseThrow()).orElseThrow();
            assertEquals(
                    List.of(tracker.mlflowRunId(child).orElseThrow()),
                    search.children(found).stream().map(FoundRun::runId).toList());
        }
    }

    @Test
    void aServerThatIsAwayIsNeverTakenForNoRun() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpLimits limits = new HttpLimits(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                2,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
                100_000);
        RunSearch away = MlflowRest.at("http://127.0.0.1:" + port, MlflowCredentials.none(), limits)
                .search();
        for (TrackingException failure : List.of(
                assertThrows(TrackingException.class, () -> away.lastAccepted("search", Map.of())),
                assertThrows(TrackingException.class, () -> away.byId("0".repeat(32))),
                assertThrows(TrackingException.class, () -> away.acceptedByKey("search", KEY)))) {
            assertEquals(
                    "MLflow at http://127.0.0.1:" + port + " does not answer (connection refused)",
                    failure.getMessage());
        }
    }

    @Test
    void aTextThatCouldEndTheQuotesIsRefused() {
        RunSearch search = mlflow.rest().search();
        TrackingException refused = assertThrows(
                TrackingException.class, () -> search.lastAccepted("search", Map.of("cascade.stage", "x' OR 'a'='a")));
        assertTrue(refused.getMessage().contains("without quotes and backslashes"), refused.getMessage());
    }
}
