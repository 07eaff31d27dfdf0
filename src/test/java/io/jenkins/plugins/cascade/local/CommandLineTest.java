package io.jenkins.plugins.cascade.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command line as a process of its own, as the launcher does. */
@Timeout(120)
class CommandLineTest {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"echo 'x',0", "unstable 'x',1", "error 'x',2", "timeout(time: 1; unit: 'SECONDS') { sh 'sleep 60' },4"})
    void theExitCodeIsTheResult(String step, int code) throws Exception {
        write(step.replace(';', ','));

        assertEquals(code, start("run").waitFor());
    }

    @Test
    void aWrongCommandLineExitsWith64() throws Exception {
        write("echo 'x'");

        assertEquals(64, start("run", "--no-such-option").waitFor());
        assertEquals(64, start("run", "NoSuchFile").waitFor());
        assertEquals(64, start("run", "-P", "NOPE=1").waitFor());
        assertEquals(64, start("fly").waitFor());
        assertEquals(64, start().waitFor());
    }

    @Test
    void aWrongCommandLineIsAnsweredInOneSentence() throws Exception {
        Process process = start("run", "NoSuchFile");
        process.waitFor();

        assertEquals(
                List.of("There is no file NoSuchFile: name the Jenkinsfile to run", "Try 'cascade run --help'."),
                Files.readAllLines(folder.resolve("output")));
    }

    @Test
    void everyCommandHasHelp() throws Exception {
        assertEquals(0, start("--help").waitFor());
        assertEquals(0, start("run", "--help").waitFor());
        assertTrue(Files.readString(folder.resolve("output")).contains("subset of declarative Pipeline, not Jenkins"));
    }

    @ParameterizedTest
    @CsvSource({"verify", "gate", "lineage", "mlflow", "mlflow sync"})
    void everySubCommandHasHelp(String command) throws Exception {
        String[] words = (command + " --help").split(" ");

        assertEquals(0, start(words).waitFor());
        assertTrue(Files.readString(folder.resolve("output")).contains("Usage: cascade " + command));
    }

    @Test
    void verifyJudgesEveryLine() throws Exception {
        Files.writeString(
                folder.resolve("cases.jsonl"),
                """
                {"id":"a","prompt":"2+2?","response":"\\\\boxed{4}","verifier":{"type":"math","answer":"4"}}
                not json
                """);

        assertEquals(0, start("verify", "cases.jsonl").waitFor());

        String output = Files.readString(folder.resolve("output"));
        assertTrue(output.contains("{\"id\":\"a\",\"outcome\":\"PASS\""), output);
        assertTrue(output.contains("\"outcome\":\"ERROR\"") && output.contains("Line 2 is not JSON"), output);
    }

    @Test
    void gateExitsWithItsVerdict() throws Exception {
        Files.writeString(
                folder.resolve("gates.json"),
                "{\"alpha\":0.05,\"gates\":[{\"benchmark\":\"math\",\"margin\":0.05,\"kind\":\"protect\"}]}");
        scores("good.jsonl", 1);
        scores("bad.jsonl", 0);

        assertEquals(
                1,
                start("gate", "--baseline", "good.jsonl", "--candidate", "bad.jsonl", "--gates", "gates.json", "--json")
                        .waitFor());
        assertTrue(Files.readString(folder.resolve("output")).contains("\"REGRESSED\""));
        assertEquals(
                3,
                start("gate", "--baseline", "good.jsonl", "--candidate", "missing.jsonl", "--gates", "gates.json")
                        .waitFor());
        assertEquals(64, start("gate", "--baseline", "good.jsonl").waitFor());
    }

    @Test
    void gateSaysWhetherABenchmarkCanDecide() throws Exception {
        Files.writeString(folder.resolve("gates.json"), "{\"gates\":[{\"benchmark\":\"math\",\"margin\":0.05}]}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            lines.append("{\"benchmark\":\"math\",\"item\":" + i + ",\"samples\":[1,1],\"fingerprint\":\"f\"}\n");
        }
        Files.writeString(folder.resolve("same.jsonl"), lines);
        scores("single.jsonl", 1);

        assertEquals(
                0,
                start("gate", "--self", "same.jsonl", "--gates", "gates.json").waitFor());
        assertTrue(Files.readString(folder.resolve("output")).contains("Usable"));
        assertEquals(
                3,
                start("gate", "--self", "single.jsonl", "--gates", "gates.json").waitFor());
        assertEquals(
                64,
                start("gate", "--self", "same.jsonl", "--baseline", "same.jsonl", "--gates", "gates.json")
                        .waitFor());
    }

    @Test
    void syncAsksForAServerAndAJournal() throws Exception {
        assertEquals(64, start("mlflow", "sync", "--uri", "").waitFor());
        assertEquals(64, start("mlflow", "sync", "--uri", "http://127.0.0.1:9").waitFor());
        assertTrue(Files.readString(folder.resolve("output")).startsWith("There is no journal in work"));
        assertEquals(
                2,
                start("mlflow", "sync", "--uri", "http://127.0.0.1:9", "none.jsonl")
                        .waitFor());
    }

    private void scores(String name, int score) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            int own = i % 4 == 0 ? 1 - score : score;
            lines.append("{\"benchmark\":\"math\",\"item\":\"" + i + "\",\"samples\":[" + own
                    + "],\"fingerprint\":\"f\"}\n");
        }
        Files.writeString(folder.resolve(name), lines);
    }

    @Test
    void interruptStopsTheBuildInOrder() throws Exception {
        Files.writeString(
                folder.resolve("Jenkinsfile"),
                """
                pipeline { agent any
                    stages {
                        stage('A') { steps { sh 'echo go > started; sleep 300' }
                            post { aborted { sh 'echo stage > aborted' } } }
                        stage('B') { steps { sh 'touch never' } }
                    }
                    post { cleanup { sh 'echo build > cleaned' } }
                }
                """);
        Process process = start("run");
        awaitFile(folder.resolve("started"), process);

        // Twice at once, as programs do that pass a signal on to a process and to its group.
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(4, process.exitValue());
        assertTrue(Files.exists(folder.resolve("aborted")));
        assertTrue(Files.exists(folder.resolve("cleaned")));
        assertTrue(Files.notExists(folder.resolve("never")));
        assertTrue(Files.readString(folder.resolve("output")).endsWith("Finished: ABORTED\n"));
    }

    @Test
    void aSecondInterruptKills() throws Exception {
        write("sh 'trap \"\" TERM; echo go > started; while true; do sleep 1; done'");
        Process process = start("run");
        awaitFile(folder.resolve("started"), process);

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        awaitText("Sending interrupt signal to process", process);
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        assertEquals(130, process.exitValue());
    }

    @Test
    void aSecondRunInTheSameWorkspaceIsRefused() throws Exception {
        write("sh 'echo go > started; sleep 300'");
        Process first = start("run");
        awaitFile(folder.resolve("started"), first);
        try {
            Process second = start("run");

            assertEquals(2, second.waitFor());
            assertTrue(Files.readString(folder.resolve("output")).startsWith("Another run holds the workspace"));
        } finally {
            first.destroy();
            first.waitFor();
        }
    }

    private void write(String step) throws IOException {
        Files.writeString(
                folder.resolve("Jenkinsfile"),
                "pipeline { agent any; stages { stage('A') { steps { " + step + " } } } }\n");
    }

    private Process start(String... arguments) throws IOException {
        // A build in the background may have been told to ignore Ctrl-C, and its children would inherit that.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private static void awaitFile(Path file, Process process) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(process.isAlive() && System.nanoTime() < deadline, file + " did not appear");
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void awaitText(String text, Process process) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(folder.resolve("output")).contains(text)) {
            assertTrue(process.isAlive() && System.nanoTime() < deadline, text + " was not printed");
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
