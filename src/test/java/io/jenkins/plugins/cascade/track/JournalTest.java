package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("journal.jsonl");
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(path())) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void writesOneJsonObjectALine() throws Exception {
        try (Journal journal = Journal.open(path())) {
            String parent = journal.startRun(RunStart.of("quickstart", "cascade"));
            String run = journal.startRun(
                    RunStart.of("quickstart", "sft").childOf(parent).withParams(Map.of("seed", "1")));
            journal.metrics(run, 7, 1_600_000_000_000L, Map.of("train/loss", 0.5));
            journal.tags(run, Map.of("gate.status", "accepted"));
            journal.endRun(run, RunStatus.FINISHED);

            List<JsonNode> lines = lines();
            assertEquals(
                    List.of("start", "start", "metrics", "tags", "end"),
                    lines.stream().map(line -> line.get("type").asText()).toList());
            assertEquals(parent, lines.get(1).get("parent").asText());
            assertEquals("1", lines.get(1).at("/params/seed").asText());
            assertEquals(7, lines.get(2).get("step").asLong());
            assertEquals(1_600_000_000_000L, lines.get(2).get("time").asLong());
            assertEquals(0.5, lines.get(2).at("/values/train~1loss").asDouble());
            assertEquals("FINISHED", lines.get(4).get("status").asText());
            assertTrue(journal.url(run).isEmpty());
        }
    }

    @Test
    void refusesASecondWriter() throws Exception {
        try (Journal first = Journal.open(path())) {
            IOException refused = assertThrows(IOException.class, () -> Journal.open(path()));
            assertTrue(refused.getMessage().contains("journal.jsonl is being written"), refused.getMessage());
            assertEquals(List.of(), first.warnings());
        }
        Journal.open(path()).close();
    }

    @Test
    void endsAsFailedWhatADeadProcessLeftOpen() throws Exception {
        Journal dead = Journal.open(path());
        String ended = dead.startRun(RunStart.of("quickstart", "sft"));
        dead.endRun(ended, RunStatus.FINISHED);
        String open = dead.startRun(RunStart.of("quickstart", "rlhf"));
        long last = System.currentTimeMillis() + 60_000;
        dead.metrics(open, 1, last, Map.of("reward/mean", 0.1));
        dead.close();

        Journal.open(path()).close();
        Journal.open(path()).close();
        List<JsonNode> ends = lines().stream()
                .filter(line -> line.get("type").asText().equals("end"))
                .toList();
        assertEquals(2, ends.size());
        assertEquals(open, ends.get(1).get("run").asText());
        assertEquals("FAILED", ends.get(1).get("status").asText());
        assertEquals(last, ends.get(1).get("time").asLong());
    }

    @Test
    void leavesRunsOpenForWhoeverReopensItAndGoesOnWithThem() throws Exception {
        Journal before = Journal.open(path());
        String run = before.startRun(RunStart.of("quickstart", "rlhf"));
        before.close();

        Tracker reopened = Tracker.reopen(path(), TrackingEnvironment.none());
        assertEquals(run, reopened.startRun(RunStart.of("quickstart", "rlhf").resuming(run)));
        reopened.endRun(run, RunStatus.FINISHED);
        reopened.close();
        assertEquals(
                List.of("start", "start", "end"),
                lines().stream().map(line -> line.get("type").asText()).toList());
        assertEquals("FINISHED", lines().get(2).get("status").asText());
    }

    @Test
    void cutsOffALineThatACrashLeftHalfWritten() throws Exception {
        Journal journal = Journal.open(path());
        String run = journal.startRun(RunStart.of("quickstart", "sft"));
        journal.endRun(run, RunStatus.FINISHED);
        journal.close();
        Files.writeString(path(), "{\"type\":\"metrics\",\"run\":\"", StandardOpenOption.APPEND);

        try (Journal again = Journal.open(path())) {
            again.startRun(RunStart.of("quickstart", "sft").resuming(run));
        }
        assertEquals(3, lines().size());
    }

    @Test
    void keepsWritingWhenTheThreadIsInterrupted() throws Exception {
        try (Journal journal = Journal.open(path())) {
            String run = journal.startRun(RunStart.of("quickstart", "sft"));
            Thread.currentThread().interrupt();
            journal.endRun(run, RunStatus.KILLED);
            assertTrue(Thread.interrupted());
            assertEquals("KILLED", lines().get(1).get("status").asText());
            assertEquals(List.of(), journal.warnings());
        }
    }

    @Test
    void readsBackNotANumberAndInfinity() throws Exception {
        try (Journal journal = Journal.open(path())) {
            journal.metrics("a", 0, 5, Map.of("loss", Double.NaN, "norm", Double.NEGATIVE_INFINITY));
        }
        JournalReader.Lines lines = new JournalReader(path()).read(0);
        assertEquals(
                new JournalEntry.Metrics("a", 5, 0, Map.of("loss", Double.NaN, "norm", Double.NEGATIVE_INFINITY)),
                lines.entries().get(0));
        assertEquals(Files.size(path()), lines.end());
    }

    @Test
    void leavesALineThatIsStillBeingWrittenForLater() throws Exception {
        try (Journal journal = Journal.open(path())) {
            journal.tags("a", Map.of("k", "v"));
        }
        long whole = Files.size(path());
        Files.writeString(path(), "{\"type\":\"tags\"", StandardOpenOption.APPEND);
        JournalReader reader = new JournalReader(path());
        assertEquals(whole, reader.read(0).end());
        assertEquals(whole, reader.read(whole).end());
    }

    @Test
    void leavesOutLinesThatAreNotEntriesAndSaysWhere() throws Exception {
        Files.writeString(
                path(),
                """
                {"type":"end","run":"a","time":1,"status":"FINISHED"}
                no json
                {"type":"end","run":"a","time":1,"status":"BORED"}
                {"type":"other","run":"a"}
                {"type":"tags","time":1,"values":{}}
                {"type":"end","run":"b","time":2,"status":"KILLED"}
                """);
        JournalReader.Lines lines = new JournalReader(path()).read(0);
        assertEquals(
                List.of("a", "b"),
                lines.entries().stream().map(JournalEntry::run).toList());
        assertEquals(4, lines.unreadable().size());
        assertTrue(
                lines.unreadable().get(0).contains("the line at byte 54"),
                lines.unreadable().get(0));
    }

    @Test
    void needsAFolderThatCanBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(IOException.class, () -> Journal.open(file.resolve("journal.jsonl")));
        assertFalse(Files.exists(path()));
    }
}
