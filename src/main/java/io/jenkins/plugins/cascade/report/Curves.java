package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.ObjectReader;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The training curves of a stage, from {@link StageFiles#EVENTS}.
 *
 * @param phases phase to metric to curve; phases in the order in which they began
 * @param evaluation last value of each metric of the finished benchmarks
 * @param warnings the trainer's warnings, in order, at most 20
 * @param left lines that could not be read
 */
record Curves(
        Map<String, SortedMap<String, Curve>> phases,
        Map<String, Double> evaluation,
        List<String> warnings,
        JsonLines.Left left) {
    /** Most curves that are kept of one phase. */
    static final int MOST_CURVES = 24;

    private static final int MOST_PHASES = 8;
    private static final int MOST_SCORES = 400;
    private static final int MOST_WARNINGS = 20;
    private static final JsonLines LINES = new JsonLines(64 << 20, 64 << 10);
    private static final ObjectReader READER = CanonicalJson.MAPPER.readerFor(StageEvent.class);
    private static final String EVALUATION = "evaluation";

    Curves {
        phases = Collections.unmodifiableMap(phases);
        evaluation = Map.copyOf(evaluation);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the curves of a stage; none where it has no directory or no events yet.
     *
     * @throws IOException when the file cannot be read
     */
    static Curves of(StageRecord stage, Path workspace) throws IOException {
        Collector collector = new Collector();
        JsonLines.Left left = JsonLines.Left.NOTHING;
        if (stage.directory() != null) {
            boolean growing = stage.status() == StageRecord.Status.RUNNING;
            String file = stage.directory() + "/" + StageFiles.EVENTS;
            left = LINES.<StageEvent>read(workspace, file, READER, growing, collector::take);
        }
        return new Curves(collector.phases, collector.evaluation, collector.warnings, left);
    }

    /** Takes one event after the other. */
    private static final class Collector {
        private final Map<String, SortedMap<String, Curve>> phases = new LinkedHashMap<>();
        private final Map<String, Double> evaluation = new HashMap<>();
        private final List<String> warnings = new ArrayList<>();

        void take(StageEvent event) {
            if (event.kind() == null || event.phase() == null) {
                throw new IllegalArgumentException("An event has no kind or no phase");
            }
            if (!event.metrics().values().stream().allMatch(Scale::fits)) {
                throw new IllegalArgumentException("A metric is not finite or too large to draw");
            }
            switch (event.kind()) {
                case STEP -> step(event);
                case SCORE -> score(event);
                case WARNING -> warning(event);
                case START, CHECKPOINT, SYSTEM -> {
                    // Nothing to draw.
                }
            }
        }

        private void step(StageEvent event) {
            boolean room = phases.containsKey(event.phase()) || phases.size() < MOST_PHASES;
            if (event.phase().equals(EVALUATION) || !room) {
                return;
            }
            SortedMap<String, Curve> curves = phases.computeIfAbsent(event.phase(), phase -> new TreeMap<>());
            event.metrics().forEach((metric, value) -> {
                if (curves.containsKey(metric) || curves.size() < MOST_CURVES) {
                    curves.computeIfAbsent(metric, name -> new Curve()).add(event.step(), value);
                }
            });
        }

        private void score(StageEvent event) {
            event.metrics().forEach((metric, value) -> {
                if (evaluation.containsKey(metric) || evaluation.size() < MOST_SCORES) {
                    evaluation.put(metric, value);
                }
            });
        }

        private void warning(StageEvent event) {
            if (warnings.size() < MOST_WARNINGS && event.message() != null) {
                warnings.add(event.message());
            }
        }
    }
}
