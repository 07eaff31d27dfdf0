package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a trainer writes may be forged. The forgeries start from the files of a real, finished stage. */
@Timeout(60)
class HostileFilesTest {
    @TempDir
    static Path template;

    @TempDir
    Path workspace;

    private StageDirectory directory;
    private StageSpec spec;

    @BeforeAll
    static void finishAStage() throws Exception {
        try (Bench bench = new Bench(template)) {
            bench.session().run(bench.sft(1), bench);
        }
    }

    @BeforeEach
    void copyIt() throws Exception {
        Bench.copy(template, workspace);
        try (var stages = Files.list(workspace.resolve("stages"))) {
            directory = new StageDirectory(stages.findFirst().orElseThrow());
        }
        spec = directory.spec().orElseThrow();
        assertEquals(1, FinishedTraining.read(directory, spec).scores().size());
    }

    @Test
    void refusesAResultOfAGigabyteWithoutReadingIt() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.path().resolve(StageFiles.RESULT).toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        assertTrue(refused().contains("is larger than 1048576 bytes"));
    }

    @Test
    void refusesDeepNesting() throws Exception {
        result("{\"metrics\":".repeat(10_000));
        assertTrue(refused().contains("is not what a trainer writes"), refused());
    }

    @Test
    void refusesFieldsGivenTwice() throws Exception {
        String json = Files.readString(directory.path().resolve(StageFiles.RESULT));
        result(json.replaceFirst("\\{", "{\"schema\":1,"));
        assertTrue(refused().contains("Duplicate field"), refused());
    }

    @Test
    void refusesUnknownFields() throws Exception {
        forge("debug", "x");
        assertTrue(refused().contains("debug"), refused());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc",
                "/etc",
                "checkpoints/../..",
                "checkpoints/./final",
                "checkpoints//final",
                "C:\\windows",
                "checkpoints/final\u0000",
                "<script>alert(1)</script>",
                ""
            })
    void refusesACheckpointThatIsNotAPlainPathInside(String path) throws Exception {
        forge("checkpoint", path);
        String sentence = refused();
        assertTrue(sentence.contains("not a plain path inside"), sentence);
        assertFalse(sentence.matches("(?s).*\\p{Cntrl}.*"), sentence);
    }

    @Test
    void refusesACheckpointReachedThroughALink() throws Exception {
        Path outside = Files.createDirectory(workspace.resolve("outside"));
        Files.createSymbolicLink(directory.path().resolve("link"), outside);
        forge("checkpoint", "link");
        assertTrue(refused().contains("not there"), refused());
        Files.createSymbolicLink(directory.path().resolve("checkpoints/final/passwd"), workspace.resolve("sft.jsonl"));
        forge("checkpoint", "checkpoints/final");
        assertTrue(refused().contains("by a link"), refused());
    }

    @Test
    void refusesAResultThatIsALink() throws Exception {
        Path result = directory.path().resolve(StageFiles.RESULT);
        Files.move(result, workspace.resolve("elsewhere.json"));
        Files.createSymbolicLink(result, workspace.resolve("elsewhere.json"));
        assertTrue(refused().contains("is not a regular file"), refused());
    }

    @Test
    void refusesTheResultOfAnotherSpecification() throws Exception {
        forge("contentKey", "sha256:" + "0".repeat(64));
        assertTrue(refused().contains("belongs to another specification"), refused());
    }

    @Test
    void refusesAMeanThatTheItemsDoNotHave() throws Exception {
        ObjectNode node = tree();
        ((ObjectNode) node.get("scores")).put("math", 0.99);
        result(node.toString());
        assertTrue(refused().contains("claims 0.99 on 'math', but its items have the mean 0.5"), refused());
    }

    @Test
    void refusesScoresOfABenchmarkThatWasNotAsked() throws Exception {
        ObjectNode node = tree();
        ((ObjectNode) node.get("scores")).put("<script>", 1.0);
        result(node.toString());
        assertTrue(refused().contains("are not those of the benchmarks math"), refused());
    }

    @Test
    void refusesScoresWithALineCutInTheMiddle() throws Exception {
        Path scores = directory.path().resolve(StageFiles.SCORES);
        byte[] bytes = Files.readAllBytes(scores);
        Files.write(scores, java.util.Arrays.copyOf(bytes, bytes.length - 10));
        assertTrue(refused().contains(StageFiles.SCORES + ", line 100"), refused());
    }

    @Test
    void leavesOutEventLinesThatAreNotEventsAndKeepsTheOthers() throws Exception {
        List<String> lines = List.of(
                event(1),
                "{\"kind\":",
                "x".repeat(EventTail.PIECE * 2),
                event(2),
                "{\"kind\":\"step\",\"phase\":\"sft\",\"metrics\":{\"a\":\"NaN\"},\"step\":1,\"totalSteps\":1,"
                        + "\"timeMillis\":1,\"message\":\"\"}",
                "[".repeat(5000),
                event(3));
        EventTail tail = tail(String.join("\n", lines) + "\n");
        List<StageEvent> events = all(tail);
        assertEquals(List.of(1, 2, 3), events.stream().map(StageEvent::step).toList());
        assertEquals(4, tail.refused());
    }

    @Test
    void waitsForTheRestOfALineThatIsBeingWritten() throws Exception {
        Path file = workspace.resolve("events");
        String line = event(1);
        Files.writeString(file, line.substring(0, 20));
        EventTail tail = EventTail.of(file);
        assertEquals(List.of(), tail.next());
        Files.writeString(file, line.substring(20) + "\n", StandardOpenOption.APPEND);
        assertEquals(1, tail.next().size());
        assertEquals(0, tail.refused());
    }

    @Test
    void readsAFileThatTookTheOldOnesPlaceFromItsBeginning() throws Exception {
        Path file = workspace.resolve("events");
        Files.writeString(file, event(1) + "\n" + event(2) + "\n");
        EventTail tail = EventTail.of(file);
        EventTail next = EventTail.ofNextAttempt(file);
        assertEquals(2, tail.next().size());
        assertEquals(List.of(), next.next());
        Files.writeString(workspace.resolve("new"), event(1) + "\n" + event(7) + "\n");
        Files.move(workspace.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(List.of(1, 7), tail.next().stream().map(StageEvent::step).toList());
        assertEquals(List.of(1, 7), next.next().stream().map(StageEvent::step).toList());
    }

    @Test
    void showsMessagesOfEventsWithoutControlCharacters() throws Exception {
        StageEvent event = new StageEvent(
                StageEvent.Kind.WARNING,
                "sft\u001b[31m",
                1,
                1,
                1,
                Map.of(),
                "\u202e<script>\u0007\r\n" + "x".repeat(9999));
        EventTail tail = tail(CanonicalJson.MAPPER.writeValueAsString(event) + "\n");
        StageEvent read = tail.next().get(0);
        assertFalse((read.phase() + read.message()).matches("(?s).*[\\p{Cntrl}\\p{Cf}].*"), read.toString());
        assertTrue(read.message().length() < 600);
    }

    private String refused() {
        return assertThrows(StageException.class, () -> FinishedTraining.read(directory, spec))
                .getMessage();
    }

    private ObjectNode tree() throws Exception {
        return (ObjectNode) CanonicalJson.MAPPER.readTree(
                directory.path().resolve(StageFiles.RESULT).toFile());
    }

    private void forge(String field, String value) throws Exception {
        ObjectNode node = tree();
        node.put(field, value);
        result(node.toString());
    }

    private void result(String json) throws Exception {
        Files.writeString(directory.path().resolve(StageFiles.RESULT), json);
    }

    private EventTail tail(String content) throws Exception {
        Path file = workspace.resolve("events");
        Files.writeString(file, content);
        return EventTail.of(file);
    }

    private static List<StageEvent> all(EventTail tail) throws StageException {
        List<StageEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.addAll(tail.next());
        }
        return events;
    }

    private static String event(int step) throws Exception {
        return CanonicalJson.MAPPER.writeValueAsString(
                new StageEvent(StageEvent.Kind.STEP, "sft", step, 9, 1, Map.of("train/loss", 1.0), ""));
    }
}
