package io.jenkins.plugins.cascade.steps.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that do not end by SIGTERM, real ones. */
class KillRemainingTest {
    private static final int SIGKILL = 128 + 9;
    private static final String STUBBORN = "trap '' TERM; echo ready; while :; do sleep 0.2; done";

    @TempDir
    private Path store;

    @Test
    void endsTheTrainerOfThisOrderAndNobodyElse() throws Exception {
        Process trainer = start("orders/mine/order.json", "durable-0123");
        Process shell = start("orders/mine/order.json", "please-do-not-kill-me");
        Process other = start("orders/other/order.json", "durable-0123");
        try {
            int killed = new KillRemaining(
                            new TrainerCommand("java", "jar", store.toString(), "orders/mine/order.json").marks())
                    .invoke(store.toFile(), null);
            assertTrue(killed >= 1, "the trainer, and its child where it had one at that moment");
            assertTrue(trainer.waitFor(20, TimeUnit.SECONDS));
            assertEquals(SIGKILL, trainer.exitValue());
            assertTrue(shell.isAlive(), "the shell that writes the exit code down was killed");
            assertTrue(other.isAlive(), "another stage's trainer was killed");
        } finally {
            List.of(trainer, shell, other).forEach(Process::destroyForcibly);
        }
    }

    private Process start(String order, String cookie) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", STUBBORN);
        builder.environment().put("CASCADE_ROOT", store.toString());
        builder.environment().put("CASCADE_ORDER", order);
        builder.environment().put("JENKINS_SERVER_COOKIE", cookie);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", out.readLine());
        return process;
    }
}
