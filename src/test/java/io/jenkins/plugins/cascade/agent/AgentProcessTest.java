package io.jenkins.plugins.cascade.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.OrderFiles;
import io.jenkins.plugins.cascade.stage.ParentStage;
import io.jenkins.plugins.cascade.stage.StageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process on an agent, with a real trainer inside: prepared, trained, stopped, waiting for another. */
@Timeout(300)
class AgentProcessTest {
    private static final int ENDLESS = 1_000_000;

    @TempDir
    Path workspace;

    private AgentBench bench;

    @BeforeEach
    void prepare() throws IOException {
        bench = new AgentBench(workspace);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void preparesAndTrainsAndAnotherProcessTakesWhatIsTrained() throws Exception {
        Process first = bench.start(bench.order("one", bench.sft(4), null, 0));
        assertEquals(0, bench.exitCode(first), log());
        assertTrue(
                bench.prepared("one").why().startsWith("not reused"),
                bench.prepared("one").why());
        assertEquals(bench.stage(), bench.root.resolve(bench.prepared("one").directory()));
        assertTrue(Files.exists(bench.stage().resolve(StageFiles.RESULT)));
        assertTrue(Files.readString(bench.stage().resolve(StageFiles.LOG)).contains("Starts with the settings"));
        assertEquals("", log(), "the process itself is silent; the trainer's log is with the stage");

        Process second = bench.start(bench.order("two", bench.sft(4), null, 0));
        assertEquals(0, bench.exitCode(second), log());
        assertTrue(bench.prepared("two").trained());
        assertEquals(1, bench.starts());
    }

    @Test
    void writesACheckpointOnSigtermAndTheNextProcessGoesOnFromIt() throws Exception {
        Process first = bench.start(bench.order("one", bench.sft(300), null, 0));
        bench.awaitEvents(events -> steps(events) >= 3);
        first.destroy();
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(first), log());
        long done = steps(bench.events());

        Process second = bench.start(bench.order("two", bench.sft(300), null, 0));
        assertEquals(0, bench.exitCode(second), log());
        assertTrue(
                bench.prepared("two").why().startsWith("resumed"),
                bench.prepared("two").why());
        assertEquals(300, steps(bench.events()), "no step is done twice or left out after " + done);
        assertEquals(2, bench.starts());
    }

    @Test
    void waitsForAnotherTrainerAndGoesOnItselfWhenThatOneStops() throws Exception {
        Process first = bench.start(bench.order("one", bench.sft(ENDLESS), null, 0));
        bench.awaitEvents(events -> steps(events) >= 3);
        Process second = bench.start(bench.order("two", bench.sft(ENDLESS), null, 0));
        bench.await(() -> Files.exists(bench.file("two", OrderFiles.PREPARED)));
        assertTrue(
                bench.prepared("two").why().contains("still running"),
                bench.prepared("two").why());
        long seen = steps(bench.events());
        bench.awaitEvents(events -> steps(events) >= seen + 20);
        assertEquals(1, bench.starts(), "two trainers would have begun two attempts");

        Files.createFile(bench.stage().resolve(StageFiles.STOP));
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(first), log());
        bench.awaitEvents(events -> events.stream()
                        .filter(event -> event.kind() == StageEvent.Kind.START)
                        .count()
                == 2);
        assertTrue(second.isAlive());

        Files.createFile(bench.file("two", OrderFiles.STOP));
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(second), log());
        assertFalse(Files.exists(bench.file("two", OrderFiles.FAILED)));
    }

    @Test
    void passesARequestToStopOnToTheTrainerThatItWaitsFor() throws Exception {
        Process first = bench.start(bench.order("one", bench.sft(ENDLESS), null, 0));
        bench.awaitEvents(events -> steps(events) >= 3);
        Process second = bench.start(bench.order("two", bench.sft(ENDLESS), null, 0));
        bench.await(() -> Files.exists(bench.file("two", OrderFiles.PREPARED)));
        Files.createFile(bench.file("two", OrderFiles.STOP));
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(first), log());
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(second), log());
        assertEquals(1, bench.starts());
    }

    @Test
    void endsTheTrainerThatItWaitsForWhenItIsToldToEnd() throws Exception {
        Process first = bench.start(bench.order("one", bench.sft(ENDLESS), null, 0));
        bench.awaitEvents(events -> steps(events) >= 3);
        Path lease = bench.stage().resolve(StageFiles.LEASE);
        FileTime before = Files.getLastModifiedTime(lease);
        Process second = bench.start(bench.order("two", bench.sft(ENDLESS), null, 0));
        // Whoever waits keeps the other's lease.
        bench.await(() -> Files.getLastModifiedTime(lease).compareTo(before) > 0);
        second.destroy();
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(second), log());
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(first), log());
        assertEquals(1, bench.starts());
    }

    @Test
    void stopsWhenNobodyFollowsTheOrderAnyMore() throws Exception {
        Process process = bench.start(bench.order("one", bench.sft(ENDLESS), null, 6));
        Path lease = bench.file("one", OrderFiles.LEASE);
        bench.await(() -> {
            touch(lease);
            return Files.exists(bench.root.resolve("stages"));
        });
        bench.awaitEvents(events -> touched(lease) && steps(events) >= 1);
        long until = System.currentTimeMillis() + 9000;
        bench.await(() -> touched(lease) && System.currentTimeMillis() > until);
        assertTrue(process.isAlive(), "the order's lease is passed on");
        assertEquals(ExitCode.STOPPED.code(), bench.exitCode(process), log());
        assertTrue(Files.readString(bench.stage().resolve(StageFiles.STATUS)).contains("nobody renewed the lease"));
    }

    @Test
    void namesTheParentWhoseCheckpointIsNotOnThisMachine() throws Exception {
        StageRequest asked = bench.sft(4);
        StageRequest request = new StageRequest(
                StageKind.SFT,
                "more",
                null,
                null,
                null,
                asked.data(),
                asked.settings(),
                asked.benchmarks(),
                null,
                List.of(),
                asked.onRegression(),
                asked.onInconclusive(),
                0,
                true,
                1,
                "cpu");
        ParentStage parent = new ParentStage(
                "sft",
                "stages/0123456789ab-sft/checkpoints/final",
                "sha256:" + "0".repeat(64),
                "/nowhere/.cascade",
                List.of(),
                List.of(),
                List.of());
        Process process = bench.start(bench.order("one", request, parent, 0));
        assertEquals(ExitCode.BAD_INPUT.code(), bench.exitCode(process));
        String sentence = Files.readString(bench.file("one", OrderFiles.FAILED));
        assertTrue(sentence.contains("The checkpoint of the stage 'sft', which 'more' builds on"), sentence);
        assertTrue(sentence.contains("/nowhere/.cascade/stages/0123456789ab-sft"), sentence);
        assertTrue(sentence.contains("one stage store that they share"), sentence);
    }

    @Test
    void refusesWhatIsNoOrder() throws Exception {
        Path order = bench.root.resolve(bench.order("one", bench.sft(4), null, 0));
        Files.writeString(order, Files.readString(order).replaceFirst("\\{", "{\"token\":\"x\","));
        assertEquals(ExitCode.BAD_INPUT.code(), bench.exitCode(bench.start("orders/one/order.json")));
        assertTrue(Files.readString(bench.file("one", OrderFiles.FAILED)).contains("token"));
        assertEquals(ExitCode.BAD_INPUT.code(), bench.exitCode(bench.start("orders/../order.json")));
        assertTrue(log().contains("is not the path of an order"), log());
    }

    private String log() throws IOException {
        return Files.readString(workspace.resolve("process.log"));
    }

    private static long steps(List<StageEvent> events) {
        return events.stream()
                .filter(event ->
                        event.kind() == StageEvent.Kind.STEP && event.phase().equals("sft"))
                .count();
    }

    private static boolean touched(Path file) {
        try {
            touch(file);
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void touch(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
    }
}
