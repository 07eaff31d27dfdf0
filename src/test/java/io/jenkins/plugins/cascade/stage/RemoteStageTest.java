package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage on another machine, from its order to its record, with a real child process there. */
@Timeout(120)
class RemoteStageTest {
    @TempDir
    Path folder;

    private RemoteBench remote;
    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        remote = new RemoteBench(folder);
        bench = remote.bench;
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Test
    void trainsOnTheAgentAndIsJudgedByTheControllersCopies() throws Exception {
        StageRecord sft = remote.run(bench.sft(6));
        assertEquals(StageRecord.Status.ACCEPTED, sft.status(), bench.log());
        assertEquals(0.5, sft.scores().get("math").mean(), 1e-9);
        assertTrue(Files.exists(remote.root().resolve(sft.checkpoint()).resolve("config.json")));

        bench.environment.put("FAKE_SCORE_math", "20");
        StageRecord math = remote.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        assertEquals(StageRecord.Status.REJECTED, math.status());
        assertEquals(GateVerdict.REGRESSED, math.gate().verdict());
        assertEquals("sft", math.parent());

        List<Path> copied;
        try (Stream<Path> files = Files.walk(remote.copy("sft").orElseThrow())) {
            copied = files.filter(Files::isRegularFile).toList();
        }
        assertEquals(
                List.of("events.jsonl", "mirror.json", "result.json", "scores.jsonl", "spec.json", "status.json"),
                copied.stream()
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
        assertEquals(remote.session().record(), CascadeFile.read(remote.build().resolve(CascadeFile.NAME)));
        String report = Files.readString(remote.build().resolve("cascade-report.html"));
        assertTrue(report.contains("Loss"), "the report draws the curves of the copies");
    }

    @Test
    void takesWhatAnEarlierBuildTrainedOnTheAgent() throws Exception {
        remote.run(bench.sft(3));
        remote.nextBuild();
        StageRecord record = remote.run(bench.sft(3));
        assertEquals(StageRecord.Status.ACCEPTED, record.status());
        assertTrue(record.reused(), record.reuseReason());
        assertTrue(record.reuseReason().endsWith(", accepted in build job #1"), record.reuseReason());
        assertEquals(
                "x", Files.readString(remote.root().resolve(record.checkpoint()).resolve("../../starts")));
    }

    @Test
    void saysWhatTheAgentFoundWrongWithTheOrder() throws Exception {
        Files.delete(remote.agent.resolve("sft.jsonl"));
        StageRecord record = remote.run(bench.sft(3));
        assertEquals(StageRecord.Status.FAILED, record.status());
        assertTrue(record.message().startsWith("The data file of the stage 'sft' is not there"), record.message());
        assertEquals(List.of(record), remote.session().record().stages());
    }

    @Test
    void saysWhichCheckpointIsNotOnTheMachineOfTheNextStage() throws Exception {
        remote.run(bench.sft(3));
        Bench.copy(remote.root(), folder.resolve("elsewhere"));
        try (Stream<Path> files = Files.walk(remote.root().resolve("stages"))) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
        StageRecord record = remote.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        assertEquals(StageRecord.Status.FAILED, record.status());
        assertTrue(
                record.message()
                        .startsWith("The checkpoint of the stage 'sft', which 'math' builds on, is not on this"),
                record.message());
        assertTrue(record.message().contains("same agent"), record.message());
    }

    @Test
    void quotesATrainerThatFails() throws Exception {
        bench.environment.put("FAKE_FAIL_AT", "2");
        bench.environment.put("FAKE_MESSAGE", "the loss is NaN");
        StageRecord record = remote.run(bench.sft(3));
        assertEquals(StageRecord.Status.FAILED, record.status());
        assertTrue(record.message().contains("exit code 70"), record.message());
        assertTrue(record.message().contains("the loss is NaN"), record.message());
    }

    @Test
    void goesOnAfterARestartOfTheControllerWithoutLosingOrDoublingAnEvent() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "10");
        String attempt = remote.newAttempt();
        RemoteStage before = remote.stage(bench.sft(150), attempt);
        Process process = remote.start(before);
        remote.followTo(before, "sft", 20);
        int reported = bench.lines.size();

        remote.restart();
        RemoteStage after = remote.stage(bench.sft(150), attempt);
        StageRecord record =
                after.finish(remote.site, remote.follow(after, process), false).orElseThrow();

        assertEquals(StageRecord.Status.ACCEPTED, record.status(), bench.log());
        assertEquals(150, remote.events("sft").size());
        assertEquals(150, new HashSet<>(remote.events("sft")).size());
        List<String> logged = remote.journal("train/loss");
        assertEquals(150, logged.size());
        assertEquals(150, new HashSet<>(logged).size());
        List<String> starts = remote.journal("\"type\":\"start\"");
        assertEquals(
                2,
                starts.stream()
                        .map(line -> line.replaceFirst(".*\"run\":\"(\\w+)\".*", "$1"))
                        .distinct()
                        .count());
        assertEquals(List.of(), remote.journal("FAILED"), "a run that goes on never looks as if it had failed");
        assertFalse(
                String.join("\n", bench.lines.subList(reported, bench.lines.size()))
                        .contains("settings:"),
                "what was said of the stage is not said again");
    }

    @Test
    void answersWithTheRecordAgainWhenTheStageHadEndedBeforeTheRestart() throws Exception {
        String attempt = remote.newAttempt();
        StageRecord record = remote.run(remote.stage(bench.sft(3), attempt));
        remote.restart();
        RemoteStage again = remote.stage(bench.sft(3), attempt);
        assertFalse(again.follow(remote.site));
        assertEquals(record, again.finish(remote.site, OptionalInt.of(0), false).orElseThrow());
        assertEquals(1, remote.session().record().stages().size());
    }

    @Test
    void buildsOnStagesThatWereAcceptedBeforeTheRestart() throws Exception {
        StageRecord sft = remote.run(bench.sft(3));
        remote.restart();
        StageRecord math = remote.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        assertEquals(StageRecord.Status.ACCEPTED, math.status(), bench.log());
        assertEquals("sft", math.parent());
        assertEquals(GateVerdict.PASS, math.gate().verdict());
        remote.restart();
        assertEquals(List.of(sft, math), remote.session().record().stages());
        var gate =
                remote.session().gate(new GateRequest("last", null, null, null, Reaction.FAIL, Reaction.FAIL), bench);
        assertEquals("sft", gate.baseline());
        assertEquals("math", gate.candidate());
    }

    @Test
    void keepsItsParentWhenAnotherStageIsAcceptedBeforeTheRestart() throws Exception {
        remote.run(bench.sft(3));
        String attempt = remote.newAttempt();
        RemoteStage math = remote.stage(bench.rlvr(Reaction.FAIL, Reaction.FAIL), attempt);
        Process process = remote.start(math);
        StageRequest other = renamed(bench.rlvr(Reaction.FAIL, Reaction.FAIL), "other");
        assertEquals("sft", remote.run(other).parent());
        remote.restart();
        RemoteStage again = remote.stage(bench.rlvr(Reaction.FAIL, Reaction.FAIL), attempt);
        StageRecord record =
                again.finish(remote.site, remote.follow(again, process), false).orElseThrow();
        assertEquals("sft", record.parent());
    }

    @Test
    void refusesToGoOnWithADamagedRecord() throws Exception {
        remote.run(bench.sft(3));
        Path record = remote.build().resolve(CascadeFile.NAME);
        String whole = Files.readString(record);
        Files.writeString(record, whole.substring(0, whole.length() / 2));
        assertTrue(damage().contains(CascadeFile.NAME), damage());
        Files.writeString(record, whole);
        Path book = remote.build().resolve(SessionBook.NAME);
        String lines = Files.readString(book);
        Files.writeString(book, lines.replace("\"gates\":[]", "\"gates\":null"));
        assertTrue(damage().contains(SessionBook.NAME), damage());
        Files.delete(book);
        assertTrue(damage().contains("is missing"), damage());
        Files.writeString(book, lines);
        Files.delete(remote.copy("sft").orElseThrow().resolve("scores.jsonl"));
        assertTrue(damage().contains("scores.jsonl"), damage());
    }

    private String damage() {
        return assertThrows(StageException.class, remote::restart).getMessage();
    }

    @Test
    void stopsWithACheckpointAndGoesOnFromItInTheSameRun() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "10");
        RemoteStage stage = remote.stage(bench.sft(400));
        Process process = remote.start(stage);
        remote.followTo(stage, "sft", 12);
        // What the agent's process does with the order's stop file is tested with the real one.
        Files.createFile(agentDirectory("sft").resolve("stop"));
        StageRecord stopped =
                stage.finish(remote.site, remote.follow(stage, process), true).orElseThrow();
        assertEquals(StageRecord.Status.STOPPED, stopped.status());
        int reached = remote.events("sft").size();

        bench.environment.put("FAKE_STEP_MILLIS", "1");
        int said = bench.lines.size();
        StageRecord done = remote.run(bench.sft(400));
        assertEquals(StageRecord.Status.ACCEPTED, done.status(), bench.log());
        assertTrue(done.reuseReason().startsWith("resumed"), done.reuseReason());
        assertEquals(400, remote.events("sft").size());
        assertEquals(stopped.key(), done.key());
        List<String> starts = remote.journal("\"name\":\"sft\"");
        assertEquals(2, starts.size());
        assertEquals(
                1,
                starts.stream()
                        .map(line -> line.replaceFirst(".*\"run\":\"(\\w+)\".*", "$1"))
                        .distinct()
                        .count());
        for (String line : bench.lines.subList(said, bench.lines.size())) {
            if (line.matches("\\[sft\\] sft \\d+/400.*")) {
                int step = Integer.parseInt(line.replaceFirst("\\[sft\\] sft (\\d+)/.*", "$1"));
                assertTrue(step >= reached, "a step of the first attempt is no progress: " + line);
            }
        }
    }

    @Test
    void isTriedAgainAsLongAsTheMachineIsAway() throws Exception {
        RemoteStage stage = remote.stage(bench.sft(3));
        Process process = remote.start(stage);
        StageSite away = new FolderSite(remote.root()) {
            @Override
            public List<Piece> fetch(List<Want> wants, String touch) throws IOException {
                throw new IOException("the channel is closed");
            }
        };
        assertThrows(IOException.class, () -> stage.follow(away));
        OptionalInt code = remote.follow(stage, process);
        assertThrows(IOException.class, () -> stage.finish(away, code, false));
        assertEquals(
                StageRecord.Status.ACCEPTED,
                stage.finish(remote.site, code, false).orElseThrow().status());
    }

    @Test
    void mayBeginAgainUnderTheSameNameOnceItWasGivenUp() throws Exception {
        RemoteStage lost = remote.stage(bench.sft(3));
        lost.send(remote.site);
        String twice = assertThrows(StageException.class, () -> remote.stage(bench.sft(3)))
                .getMessage();
        assertTrue(twice.contains("two stages named 'sft'"), twice);
        lost.abandon("The agent is gone");
        assertEquals(
                StageRecord.Status.STOPPED,
                remote.session().record().stage("sft").orElseThrow().status());
        assertEquals(StageRecord.Status.ACCEPTED, remote.run(bench.sft(3)).status());
    }

    @Test
    void takesWhatItAcceptedWhenABlockOfStagesIsRetriedAlsoAfterARestart() throws Exception {
        StageRecord first = remote.run(bench.sft(3));
        StageRecord second = remote.run(bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE));
        remote.restart();

        StageRecord again = remote.run(bench.sft(3));
        StageRecord next = remote.run(bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE));

        assertEquals(List.of(first.checkpoint(), second.checkpoint()), List.of(again.checkpoint(), next.checkpoint()));
        assertTrue(again.reused() && next.reused(), bench.log());
        assertEquals("sft", next.parent());
        assertEquals(2, remote.session().record().stages().size());
    }

    @Test
    void refusesAnotherStageOfTheSameNameAlsoAfterARestart() throws Exception {
        remote.run(bench.sft(3));
        remote.restart();

        StageException refused = assertThrows(StageException.class, () -> remote.run(bench.sft(4)));

        assertTrue(refused.getMessage().contains("two stages named 'sft'"), refused.getMessage());
    }

    @Test
    void takesWhatThisBuildTrainedEvenWhereTheStepWantsNoReuse() throws Exception {
        remote.run(bench.sft(3));
        remote.nextBuild();
        StageRequest fresh = noReuse(bench.sft(3));
        RemoteStage first = remote.stage(fresh);
        Process process = remote.start(first);
        remote.follow(first, process);
        first.abandon("The agent is gone");
        StageRecord record = remote.run(fresh);
        assertEquals(StageRecord.Status.ACCEPTED, record.status());
        assertTrue(record.reused(), record.reuseReason());
        assertEquals(
                "x", Files.readString(remote.root().resolve(record.checkpoint()).resolve("../../starts")));
    }

    @Test
    void runsBesideAnotherStageOfTheSameBuild() throws Exception {
        remote.run(bench.sft(3));
        RemoteStage one = remote.stage(renamed(bench.rlvr(Reaction.FAIL, Reaction.FAIL), "one"));
        RemoteStage two = remote.stage(renamed(bench.rlvr(Reaction.FAIL, Reaction.UNSTABLE), "two"));
        Process first = remote.start(one);
        remote.follow(one, first);
        Process second = remote.start(two);
        StageRecord last =
                two.finish(remote.site, remote.follow(two, second), false).orElseThrow();
        StageRecord before = one.finish(remote.site, OptionalInt.of(0), false).orElseThrow();
        assertEquals("sft", last.parent());
        assertEquals("sft", before.parent());
        assertEquals(
                List.of("sft", "one", "two"),
                remote.session().record().stages().stream()
                        .map(StageRecord::name)
                        .toList());
        assertTrue(last.reused(), "the same training under another name: " + last.reuseReason());
        assertEquals(3, remote.events("one").size());
        assertEquals(3, remote.events("two").size());
    }

    private Path agentDirectory(String name) throws IOException {
        try (Stream<Path> folders = Files.list(remote.root().resolve("stages"))) {
            return folders.filter(stage -> stage.toString().endsWith("-" + name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static StageRequest renamed(StageRequest r, String name) {
        return new StageRequest(
                r.kind(),
                name,
                r.domain(),
                r.model(),
                r.parent(),
                r.data(),
                r.settings(),
                r.benchmarks(),
                r.gates(),
                r.tolerances(),
                r.onRegression(),
                r.onInconclusive(),
                r.seed(),
                r.reuse(),
                r.threads(),
                r.device());
    }

    private static StageRequest noReuse(StageRequest r) {
        return new StageRequest(
                r.kind(),
                r.name(),
                r.domain(),
                r.model(),
                r.parent(),
                r.data(),
                r.settings(),
                r.benchmarks(),
                r.gates(),
                r.tolerances(),
                r.onRegression(),
                r.onInconclusive(),
                r.seed(),
                false,
                r.threads(),
                r.device());
    }
}
