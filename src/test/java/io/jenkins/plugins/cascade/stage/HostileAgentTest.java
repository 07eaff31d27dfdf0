package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An agent that lies to its controller. The lies start from what an honest process left; each becomes one sentence and a failed stage, and
 * nothing is written outside the stage's own folder.
 */
@Timeout(120)
class HostileAgentTest {
    private static final int MOST_BYTES = 4 << 20;

    @TempDir
    static Path template;

    @TempDir
    Path folder;

    private RemoteBench remote;
    private RemoteStage stage;
    private Path order;

    @BeforeAll
    static void letAnHonestProcessEnd() throws Exception {
        try (RemoteBench honest = new RemoteBench(template)) {
            RemoteStage stage = honest.stage(honest.bench.sft(2));
            assertTrue(honest.start(stage).waitFor(60, TimeUnit.SECONDS));
        }
    }

    @BeforeEach
    void takeWhatItLeft() throws Exception {
        remote = new RemoteBench(folder);
        Bench.copy(template.resolve("agent"), remote.agent);
        stage = remote.stage(remote.bench.sft(2));
        order = remote.root().resolve(stage.orderPath()).getParent();
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc",
                "/etc",
                "stages/../../etc",
                "stages/0123456789ab-sft",
                "stages",
                "stages/0123456789ab-sft/../../..",
                "orders/attempt-1",
                "<script>alert(1)</script>",
                ""
            })
    void refusesADirectoryThatIsNotTheOneOfTheKey(String directory) throws Exception {
        forge(OrderFiles.PREPARED, node -> node.put("directory", directory));
        assertTrue(refused().contains("which is not one of that key"), refused());
    }

    @Test
    void refusesAKeyThatIsNotTheOneOfTheSpecification() throws Exception {
        forge(OrderFiles.PREPARED, node -> node.put("key", "sha256:" + "0".repeat(64)));
        assertTrue(refused().contains("a key that is not the one of its specification"), refused());
    }

    @Test
    void refusesASpecificationThatTheStepDidNotAskFor() throws Exception {
        forge(OrderFiles.PREPARED, node -> ((ObjectNode) node.at("/spec/settings")).put("steps", 1));
        assertTrue(refused().contains("other settings than the step's"), refused());
    }

    @Test
    void refusesBenchmarksWithFewerSamples() throws Exception {
        forge(OrderFiles.PREPARED, node -> ((ObjectNode) node.at("/spec/benchmarks/0")).put("samples", 1));
        assertTrue(refused().contains("other benchmarks than the step's"), refused());
    }

    @Test
    void refusesPathsWithControlCharacters() throws Exception {
        forge(OrderFiles.PREPARED, node -> ((ObjectNode) node.at("/spec/data/0")).put("path", "/a\u0000b"));
        assertTrue(refused().contains("other data files than the step's"), refused());
        assertFalse(refused().matches("(?s).*\\p{Cntrl}.*"), refused());
    }

    @Test
    void refusesAnAnswerOfAGigabyteWithoutReadingIt() throws Exception {
        enlarge(order.resolve(OrderFiles.PREPARED));
        assertTrue(refused().contains("is larger than 4194304 bytes"), refused());
    }

    @Test
    void refusesDeepNesting() throws Exception {
        Files.writeString(order.resolve(OrderFiles.PREPARED), "{\"spec\":".repeat(10_000));
        assertTrue(refused().contains("is not what a trainer writes"), refused());
    }

    @Test
    void showsNoMarkupAndNoControlCharactersOfWhatItSays() throws Exception {
        forge(OrderFiles.PREPARED, node -> node.put("why", "<script>alert(1)</script>\u001b[31m\n"));
        StageRecord record = stage.finish(remote.site, OptionalInt.of(0), false).orElseThrow();
        assertEquals(StageRecord.Status.ACCEPTED, record.status());
        assertFalse(remote.bench.log().matches("(?s).*\u001b.*"), remote.bench.log());
        String report = Files.readString(remote.build().resolve("cascade-report.html"));
        assertFalse(report.contains("<script"), "the report escapes what the agent wrote");
    }

    @Test
    void refusesAResultOfAGigabyteWithoutReadingIt() throws Exception {
        enlarge(agentFile(StageFiles.RESULT));
        assertTrue(refusedAtTheEnd().contains("is larger than 1048576 bytes"), refusedAtTheEnd());
    }

    @Test
    void refusesScoresThatAreTooLarge() throws Exception {
        enlarge(agentFile(StageFiles.SCORES));
        assertTrue(refusedAtTheEnd().contains("is larger than 67108864 bytes"), refusedAtTheEnd());
    }

    @Test
    void refusesAStatusThatIsTooLarge() throws Exception {
        enlarge(agentFile(StageFiles.STATUS));
        assertTrue(refusedAtTheEnd().contains("is larger than 65536 bytes"), refusedAtTheEnd());
    }

    @Test
    void refusesAResultThatIsALinkToAnotherFile() throws Exception {
        Path result = agentFile(StageFiles.RESULT);
        Files.move(result, folder.resolve("elsewhere.json"));
        Files.createSymbolicLink(result, folder.resolve("elsewhere.json"));
        assertTrue(refusedAtTheEnd().contains("left no result.json"), refusedAtTheEnd());
    }

    @Test
    void refusesACheckpointOutsideTheDirectory() throws Exception {
        ObjectNode node = (ObjectNode)
                CanonicalJson.MAPPER.readTree(agentFile(StageFiles.RESULT).toFile());
        node.put("checkpoint", "../../../secrets");
        Files.writeString(agentFile(StageFiles.RESULT), node.toString());
        assertTrue(refusedAtTheEnd().contains("not a plain path inside"), refusedAtTheEnd());
    }

    @Test
    void refusesScoresOfFewerSamplesThanWereAskedFor() throws Exception {
        Path scores = agentFile(StageFiles.SCORES);
        Files.writeString(scores, Files.readString(scores).replace("[1.0,1.0]", "[1.0]"));
        assertTrue(
                refusedAtTheEnd().contains("1 samples of an item of 'math', but 2 were asked for"), refusedAtTheEnd());
    }

    @Test
    void refusesEventsThatBecomeShorter() throws Exception {
        assertTrue(stage.follow(remote.site));
        assertTrue(stage.follow(remote.site));
        Path events = agentFile(StageFiles.EVENTS);
        try (RandomAccessFile file = new RandomAccessFile(events.toFile(), "rw")) {
            file.setLength(10);
        }
        assertTrue(refused().contains("became shorter"), refused());
    }

    @Test
    void refusesEventsThatAreAnotherFileEveryTime() throws Exception {
        StageSite restless = new Restless();
        String sentence = assertThrows(StageException.class, () -> {
                    for (int round = 0; round < 100; round++) {
                        stage.follow(restless);
                    }
                })
                .getMessage();
        assertTrue(sentence.contains("was replaced more than 16 times"), sentence);
        assertClosed(sentence);
    }

    @Test
    void refusesAFileThatNeverStaysTheSameWhileItIsRead() throws Exception {
        assertTrue(stage.follow(remote.site));
        Files.write(agentFile(StageFiles.RESULT), new byte[RemoteFiles.PIECE * 2]);
        String sentence = assertThrows(
                        StageException.class,
                        () -> stage.finish(new Restless(StageFiles.RESULT), OptionalInt.of(0), false))
                .getMessage();
        assertTrue(sentence.contains("does not stay the same"), sentence);
        assertClosed(sentence);
    }

    @Test
    void refusesBytesThatWereNotAskedFor() throws Exception {
        StageSite generous = new FolderSite(remote.root()) {
            @Override
            public List<Piece> fetch(List<Want> wants, String touch) throws IOException, InterruptedException {
                return super.fetch(wants, touch).stream()
                        .map(p -> new Piece(
                                p.path(), p.identity(), p.offset(), p.size(), new byte[RemoteFiles.PIECE + 1]))
                        .toList();
            }
        };
        String sentence =
                assertThrows(StageException.class, () -> stage.follow(generous)).getMessage();
        assertTrue(sentence.contains("were not asked for"), sentence);
        assertClosed(sentence);
    }

    @Test
    void keepsTheFirstAnswersWhereThereAreTooMany() throws Exception {
        String line = "{\"benchmark\":\"math\",\"item\":\"1\",\"prompt\":\"p\",\"response\":\"" + "x".repeat(1000)
                + "\",\"score\":1}\n";
        Files.writeString(agentFile(StageFiles.ANSWERS), line.repeat(5000));
        StageRecord record = stage.finish(remote.site, OptionalInt.of(0), false).orElseThrow();
        assertEquals(StageRecord.Status.ACCEPTED, record.status());
        Path answers = remote.copy("sft").orElseThrow().resolve(StageFiles.ANSWERS);
        assertTrue(Files.size(answers) <= 4 << 20);
        assertTrue(Files.readString(answers).endsWith("}\n"), "no line is cut");
        assertTrue(remote.bench.log().contains("only the first 4194304 bytes"), remote.bench.log());
    }

    @Test
    void printsNoFloodOfWhatItReports() throws Exception {
        StringBuilder flood = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            flood.append("{\"kind\":\"warning\",\"phase\":\"p" + i + "\",\"step\":1,\"totalSteps\":1,\"timeMillis\":1,"
                    + "\"metrics\":{},\"message\":\"<b>" + i + "</b>\"}\n");
            flood.append("{\"kind\":\"step\",\"phase\":\"p" + i + "\",\"step\":1,\"totalSteps\":1,\"timeMillis\":1,"
                    + "\"metrics\":{},\"message\":\"\"}\n");
        }
        Files.writeString(agentFile(StageFiles.EVENTS), flood, StandardOpenOption.APPEND);
        stage.finish(remote.site, OptionalInt.of(0), false);
        assertTrue(remote.bench.lines.size() < 250, remote.bench.lines.size() + " lines");
    }

    @Test
    void cannotMakeAStagePassByWhatItClaims() throws Exception {
        stage.finish(remote.site, OptionalInt.of(0), false);
        remote.bench.environment.put("FAKE_SCORE_math", "10");
        RemoteStage worse = remote.stage(remote.bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        assertTrue(remote.start(worse).waitFor(60, TimeUnit.SECONDS));
        Path forged = remote.root().resolve("stages");
        try (Stream<Path> stages = Files.list(forged)) {
            Path directory = stages.filter(path -> path.toString().endsWith("-math"))
                    .findFirst()
                    .orElseThrow();
            ObjectNode result = (ObjectNode) CanonicalJson.MAPPER.readTree(
                    directory.resolve(StageFiles.RESULT).toFile());
            ((ObjectNode) result.get("scores")).put("math", 0.9);
            Files.writeString(directory.resolve(StageFiles.RESULT), result.toString());
        }
        // The baseline's own scores on the agent are forged too, and are not asked again.
        Path baseline = agentFile(StageFiles.SCORES);
        Files.writeString(baseline, Files.readString(baseline).replace("[1.0,1.0]", "[0.0,0.0]"));
        String sentence = assertThrows(StageException.class, () -> worse.finish(remote.site, OptionalInt.of(0), false))
                .getMessage();
        assertTrue(sentence.contains("claims 0.9 on 'math', but its items have the mean 0.1"), sentence);

        RemoteStage honest = remote.stage(remote.bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        StageRecord record = remote.run(honest);
        assertEquals(StageRecord.Status.REJECTED, record.status());
        assertEquals(0.5, record.gate().benchmarks().get(0).baseline(), 1e-9);
    }

    private String refused() {
        return refused(() -> {
            for (int round = 0; round < 5; round++) {
                stage.follow(remote.site);
            }
        });
    }

    private String refusedAtTheEnd() {
        return refused(() -> stage.finish(remote.site, OptionalInt.of(0), false));
    }

    /** The sentence, from the exception at first and from the record ever after. */
    private String refused(org.junit.jupiter.api.function.Executable call) {
        StageRecord record = remote.session().record().stage("sft").orElseThrow();
        if (record.status() == StageRecord.Status.FAILED) {
            return record.message();
        }
        String sentence = assertThrows(StageException.class, call).getMessage();
        assertClosed(sentence);
        return sentence;
    }

    private void assertClosed(String sentence) {
        StageRecord record = remote.session().record().stage("sft").orElseThrow();
        assertEquals(StageRecord.Status.FAILED, record.status());
        assertEquals(UntrustedFile.printable(sentence), record.message());
        try (Stream<Path> files = Files.walk(remote.controller)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = remote.build().relativize(file).toString();
                assertTrue(
                        name.matches("stages/[0-9a-f]{12}-sft/[a-z.]+")
                                || List.of(
                                                "cascade.json",
                                                "cascade-report.html",
                                                "session.json",
                                                "journal.jsonl",
                                                "journal.jsonl.lock")
                                        .contains(name),
                        "written by the agent's leave: " + name);
                assertTrue(Files.size(file) < MOST_BYTES, name + " is large");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path agentFile(String name) throws IOException {
        try (Stream<Path> stages = Files.list(remote.root().resolve("stages"))) {
            return stages.filter(path -> path.toString().endsWith("-sft"))
                    .findFirst()
                    .orElseThrow()
                    .resolve(name);
        }
    }

    private void forge(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode node =
                (ObjectNode) CanonicalJson.MAPPER.readTree(order.resolve(name).toFile());
        change.accept(node);
        Files.write(order.resolve(name), node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void enlarge(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
    }

    /** A site whose file is another one at every look. */
    private final class Restless extends FolderSite {
        private final String name;
        private int looks;

        Restless() {
            this(StageFiles.EVENTS);
        }

        Restless(String name) {
            super(remote.root());
            this.name = name;
        }

        @Override
        public List<Piece> fetch(List<Want> wants, String touch) throws IOException, InterruptedException {
            looks++;
            List<Want> others = wants.stream()
                    .map(want -> want.path().endsWith(name)
                            ? new Want(want.path(), null, want.identity() == null ? want.offset() : 0, want.most())
                            : want)
                    .toList();
            return super.fetch(others, touch).stream()
                    .map(piece -> piece.path().endsWith(name) && piece.identity() != null
                            ? new Piece(piece.path(), "look-" + looks, piece.offset(), piece.size(), piece.bytes())
                            : piece)
                    .toList();
        }
    }
}
