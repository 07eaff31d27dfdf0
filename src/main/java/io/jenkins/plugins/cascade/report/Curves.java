package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.ObjectReader;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The training curves of a stage, from {@link StageFiles#EVENTS}.
 *
 * @param phases phase to metric to curve; phases in the order in which they began
 * @param warnings the trainer's warnings, in order, at most {@link #MOST_WARNINGS}
 * @param left lines that could not be read
 */
record Curves(Map<String, SortedMap<String, Curve>> phases, List<String> warnings, JsonLines.Left left) {
    /** Most curves that are kept of one phase. */
    static final int MOST_CURVES = 24;

    private static final int MOST_PHASES = 8;
    private static final int MOST_WARNINGS = 20;
    private static final JsonLines LINES = new JsonLines(64 << 20, 64 << 10);
    private static final ObjectReader READER = CanonicalJson.MAPPER.readerFor(StageEvent.class);
    private static final String EVALUATION = "evaluation";

    Curves {
        phases = Collections.unmodifiableMap(phases);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the curves of a stage; none where it has no directory or no events yet.
     *
     * @throws IOException when the file cannot be read
     */
    static Curves of(StageRecord stage, Path workspace) throws IOException {
        Curves curves = new Curves(new LinkedHashMap<>(), List.of(), JsonLines.Left.NOTHING);
        if (stage.directory() == null) {
            return curves;
        }
        Map<String, SortedMap<String, Curve>> phases = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        boolean growing = stage.status() == StageRecord.Status.RUNNING;
        String file = stage.directory() + "/" + StageFiles.EVENTS;
        JsonLines.Left left =
                LINES.<StageEvent>read(workspace, file, READER, growing, event -> take(event, phases, warnings));
        return new Curves(phases, warnings, left);
    }

    private static void take(StageEvent event, Map<String, SortedMap<String, Curve>> phases, List<String> warnings) {
        if (event.kind() == null || event.phase() == null) {
            throw new IllegalArgumentException("An event has no kind or no phase");
        }
        if (event.kind() == StageEvent.Kind.WARNING && warnings.size() < MOST_WARNINGS) {
            warnings.add(event.message() == null ? "" : event.message());
        }
        if (event.kind() != StageEvent.Kind.STEP || event.phase().equals(EVALUATION)) {
            return;
        }
        event.metrics().forEach((metric, value) -> {
            if (!Scale.fits(value)) {
                throw new IllegalArgumentException("A metric is not finite or too large to draw");
            }
        });
        if (phases.containsKey(event.phase()) || phases.size() < MOST_PHASES) {
            SortedMap<String, Curve> curves = phases.computeIfAbsent(event.phase(), phase -> new TreeMap<>());
            event.metrics().forEach((metric, value) -> {
                if (curves.containsKey(metric) || curves.size() < MOST_CURVES) {
                    curves.computeIfAbsent(metric, name -> new Curve()).add(event.step(), value);
                }
            });
        }
    }
}
