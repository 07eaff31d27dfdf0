package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stage's directory as a test sees it. */
record Stage(Path directory) {

    /** What a run in this process ended with. */
    record Ended(int code, String stderr) {}

    Ended run() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = Main.run(directory, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, err.toString(StandardCharsets.UTF_8));
    }

    List<StageEvent> events() throws IOException {
        List<StageEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(StageFiles.EVENTS))) {
            events.add(CanonicalJson.MAPPER.readValue(line, StageEvent.class));
        }
        return events;
    }

    /** Steps and scores without what differs from run to run: times, speeds and memory. */
    List<String> reproducible() throws IOException {
        List<String> lines = new ArrayList<>();
        for (StageEvent event : events()) {
            if (event.kind() == StageEvent.Kind.STEP || event.kind() == StageEvent.Kind.SCORE) {
                Map<String, Double> metrics = new TreeMap<>(event.metrics());
                metrics.keySet()
                        .removeIf(name ->
                                name.startsWith("time/") || name.startsWith("speed/") || name.startsWith("memory/"));
                lines.add(event.kind() + " " + event.phase() + " " + event.step() + " " + metrics);
            }
        }
        return lines;
    }

    StageStatus status() throws IOException {
        return CanonicalJson.MAPPER.readValue(
                Files.readAllBytes(directory.resolve(StageFiles.STATUS)), StageStatus.class);
    }

    TrainerResult result() throws IOException {
        return CanonicalJson.MAPPER.readValue(
                Files.readAllBytes(directory.resolve(StageFiles.RESULT)), TrainerResult.class);
    }
}
