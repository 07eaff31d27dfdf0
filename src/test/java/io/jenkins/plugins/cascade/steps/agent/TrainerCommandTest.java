package io.jenkins.plugins.cascade.steps.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts a trainer, run by a real shell. */
class TrainerCommandTest {
    @TempDir
    private Path folder;

    /** What the shell printed, and its exit code. */
    private record Ran(int code, List<String> lines) {}

    @Test
    void passesPathsWithBlanksAndQuotesUnchanged() throws Exception {
        Path java = program("#!/bin/sh\nfor argument in \"$@\"; do echo \"$argument\"; done\n");
        String store = "/agents/a b/'it''s'/$HOME/.cascade";
        TrainerCommand command =
                new TrainerCommand(java.toString(), store + "/trainer.jar", store, "orders/x/order.json");
        Ran ran = run(command, Map.of(TrainerCommand.JVM_OPTIONS, "-Xmx4g -Dx=y"));
        assertEquals(
                List.of(
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Xmx4g",
                        "-Dx=y",
                        "-cp",
                        store + "/trainer.jar",
                        "io.jenkins.plugins.cascade.agent.Main",
                        store,
                        "orders/x/order.json"),
                ran.lines());
        assertEquals(0, ran.code());
    }

    @Test
    void theTrainerSeesNothingOfMlflow() throws Exception {
        Path java = program("#!/bin/sh\nenv\n");
        Map<String, String> step = Map.of(
                "MLFLOW_TRACKING_URI", "http://user:secret1@mlflow",
                "MLFLOW_TRACKING_PASSWORD", "secret2",
                "MLFLOW_TRACKING_TOKEN", "secret3",
                "CUDA_VISIBLE_DEVICES", "1");
        Ran ran = run(new TrainerCommand(java.toString(), "t.jar", "/s", "o"), step);
        assertFalse(String.join("\n", ran.lines()).contains("secret"), "a secret is in the environment");
        assertTrue(ran.lines().contains("CUDA_VISIBLE_DEVICES=1"));
        assertTrue(ran.lines().contains("OPT_OUT_TRACKING=true"));
        assertTrue(ran.lines().contains("OMP_WAIT_POLICY=PASSIVE"));
    }

    @Test
    void aProcessThatSendsACheckpointSeesTheBuildsMlflow() throws Exception {
        Path java = program("#!/bin/sh\nenv\n");
        TrainerCommand command = new TrainerCommand(
                java.toString(),
                "t.jar",
                "/s",
                "orders/x/upload.json",
                Map.of("MLFLOW_TRACKING_URI", "https://mlflow", "MLFLOW_TRACKING_TOKEN", "secret1"));
        Ran ran = run(command, command.environment(new EnvVars()));
        assertTrue(ran.lines().contains("MLFLOW_TRACKING_URI=https://mlflow"));
        assertTrue(ran.lines().contains("MLFLOW_TRACKING_TOKEN=secret1"));
        assertFalse(command.toString().contains("secret"), command.toString());
    }

    @Test
    void whatTheStepSaysOfWaitingThreadsStays() {
        Map<String, String> added =
                new TrainerCommand("j", "t", "s", "o").variables(Map.of("OMP_WAIT_POLICY", "ACTIVE"));
        assertFalse(added.containsKey("OMP_WAIT_POLICY"));
    }

    @Test
    void takesTheJavaOnThePathWhereTheNamedOneIsMissing() throws Exception {
        program("#!/bin/sh\necho from the path\n");
        Ran ran = run(new TrainerCommand("/no/such/java", "t", "s", "o"), Map.of("PATH", folder.toString()));
        assertEquals(List.of("from the path"), ran.lines());
    }

    @Test
    void saysWhatToDoWhereThereIsNoJava() throws Exception {
        Ran ran = run(new TrainerCommand("/no/such/java", "t", "s", "o"), Map.of("PATH", "/nowhere"));
        assertEquals(127, ran.code());
        assertEquals(
                List.of("There is no Java here to run the trainer: set JAVA_HOME of the step to a Java 17 or later."),
                ran.lines());
    }

    private Path program(String script) throws Exception {
        Path java = Files.writeString(folder.resolve("java"), script);
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    private Ran run(TrainerCommand command, Map<String, String> step) throws Exception {
        Path script = Files.writeString(folder.resolve("script.sh"), command.script());
        assertTrue(script.toFile().setExecutable(true));
        assertTrue(command.script().startsWith("#!/bin/sh\n"), "the first line keeps the log clean");
        ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
        Map<String, String> environment = new HashMap<>(step);
        environment.putAll(command.variables(step));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Ran(process.exitValue(), text.lines().toList());
    }
}
