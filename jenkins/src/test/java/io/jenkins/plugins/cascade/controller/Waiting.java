package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Waits for what a build shows on the disk. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Pattern STEP = Pattern.compile("\"step\":(\\d+)");

    /** A condition on files, which may not be there yet. */
    interface Condition {
        boolean holds() throws IOException;
    }

    private Waiting() {}

    static void until(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "Not within " + LONGEST.toSeconds() + " s: " + what);
            Thread.sleep(100);
        }
    }

    /** Waits until the controller's copy of the only stage's events shows a step. */
    static void untilTrained(Run<?, ?> build, int step) throws IOException, InterruptedException {
        until(step + " steps are trained", () -> steps(build).stream().anyMatch(done -> done >= step));
    }

    /** The steps of the only stage in the controller's copy of its events, in their order. */
    static List<Integer> steps(Run<?, ?> build) throws IOException {
        Path folder = build.getRootDir().toPath().resolve("cascade/stages");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Integer> steps = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.endsWith("events.jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher found = STEP.matcher(line);
                    if (line.contains("\"kind\":\"step\"") && line.contains("\"phase\":\"sft\"") && found.find()) {
                        steps.add(Integer.valueOf(found.group(1)));
                    }
                }
            }
        }
        return steps;
    }

    /** The trainers' processes of a controller or agent whose root folder is given. */
    static Stream<ProcessHandle> trainers(File root) {
        return ProcessHandle.allProcesses().filter(process -> {
            String command = process.info().commandLine().orElse("");
            return command.contains("io.jenkins.plugins.cascade.agent.Main") && command.contains(root.getPath());
        });
    }
}
