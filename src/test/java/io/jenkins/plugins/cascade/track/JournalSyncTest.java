package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;

@ExtendWith(RealMlflow.class)
class JournalSyncTest {
    private static final long PAST = 1_600_000_000_000L;

    private static final int STEPS = 400;

    @TempDir
    Path folder;

    private final MlflowRest server;

    JournalSyncTest(SharedMlflow mlflow) {
        server = mlflow.rest();
    }

    /** A cascade of the past, as the journal has it: a parent, a stage that finished, one whose process died. */
    private Path journalOfThePast(String experiment) throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        try (JournalFile file = JournalFile.open(journal)) {
            file.append(start("parent-" + experiment, experiment, "cascade", null, PAST));
            file.append(start("child-" + experiment, experiment, "sft", "parent-" + experiment, PAST + 10));
            for (int step = 0; step < STEPS; step++) {
                file.append(new JournalEntry.Metrics(
                        "child-" + experiment,
                        PAST + 20 + step,
                        step,
                        Map.of("loss", 1.0 / (1 + step), "nan", Double.NaN)));
            }
            file.append(new JournalEntry.End("child-" + experiment, PAST + 5000, RunStatus.FINISHED));
        }
        return journal;
    }

    private static JournalEntry start(String run, String experiment, String name, String parent, long time) {
        return new JournalEntry.Start(
                run, time, experiment, name, parent, false, Map.of("k", "v"), Map.of("seed", "1"));
    }

    private List<String> charts(String experiment) throws TrackingException {
        return List.of(server.chartPage(server.experimentId(experiment)));
    }

    private void assertReplayed(String experiment) throws TrackingException {
        String id = server.experimentId(experiment);
        Service.Run parent =
                server.findRun(id, RunTags.RUN, "parent-" + experiment).orElseThrow();
        Service.Run child =
                server.findRun(id, RunTags.RUN, "child-" + experiment).orElseThrow();
        assertEquals(
                child.getInfo().getRunId(),
                server.findRun(id, RunTags.PARENT, parent.getInfo().getRunId())
                        .orElseThrow()
                        .getInfo()
                        .getRunId());
        assertEquals(PAST + 10, child.getInfo().getStartTime());
        assertEquals(PAST + 5000, child.getInfo().getEndTime());
        assertEquals(Service.RunStatus.FINISHED, child.getInfo().getStatus());
        assertEquals(Service.RunStatus.FAILED, parent.getInfo().getStatus());
        assertEquals(PAST, parent.getInfo().getEndTime());
        List<Service.Metric> loss = server.metricHistory(child.getInfo().getRunId(), "loss");
        assertEquals(STEPS, loss.size());
        assertEquals(
                STEPS, loss.stream().map(Service.Metric::getStep).distinct().count());
        assertTrue(loss.stream().allMatch(point -> point.getTimestamp() == PAST + 20 + point.getStep()));
        assertEquals(
                STEPS, server.metricHistory(child.getInfo().getRunId(), "nan").size());
    }

    @Test
    void replaysNestedRunsWithTheirPastTimes() throws Exception {
        JournalSync.Report report = JournalSync.sync(journalOfThePast("replay"), server);
        assertEquals(new JournalSync.Report(2, charts("replay"), List.of()), report);
        assertReplayed("replay");
    }

    @Test
    void changesNothingWhenItIsDoneAgain() throws Exception {
        Path journal = journalOfThePast("twice");
        JournalSync.sync(journal, server);
        assertEquals(new JournalSync.Report(2, charts("twice"), List.of()), JournalSync.sync(journal, server));
        assertReplayed("twice");
    }

    @Test
    void changesNothingWhenTheMemoryOfTheDeliveryWasLost() throws Exception {
        Path journal = journalOfThePast("forgotten");
        JournalSync.sync(journal, server);
        Files.delete(folder.resolve("journal.jsonl.delivered"));
        assertEquals(new JournalSync.Report(2, charts("forgotten"), List.of()), JournalSync.sync(journal, server));
        assertReplayed("forgotten");
    }

    @Test
    void goesOnBehindADamagedMemoryOfTheDelivery() throws Exception {
        Path journal = journalOfThePast("damaged");
        JournalSync.sync(journal, server);
        Files.writeString(folder.resolve("journal.jsonl.delivered"), "{\"server\":");
        JournalSync.sync(journal, server);
        assertReplayed("damaged");
    }

    @Test
    void saysWhenThereIsNoJournal() {
        NoSuchFileException missing =
                assertThrows(NoSuchFileException.class, () -> JournalSync.sync(folder.resolve("none.jsonl"), server));
        assertTrue(missing.getMessage().contains("none.jsonl: there is no such journal"), missing.getMessage());
    }

    @Test
    void leavesTheJournalOfARunningCascadeAlone() throws Exception {
        Path path = folder.resolve("journal.jsonl");
        try (Journal running = Journal.open(path)) {
            running.startRun(RunStart.of("running", "sft"));
            long size = Files.size(path);
            assertThrows(IOException.class, () -> JournalSync.sync(path, server));
            assertEquals(size, Files.size(path));
        }
    }
}
