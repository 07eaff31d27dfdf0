package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The longest answer of the step at hand (Nemotron-Cascade, arXiv 2512.13607, section 4.5.2); see {@link CurriculumSettings}. */
final class LengthCurriculum {
    /** Steps over which the share of truncated rollouts is averaged. */
    private static final int WINDOW = 10;

    private static final String AT = "length";
    private static final String STEPS = "steps";
    private static final String RECENT = "truncated";

    private final CurriculumSettings settings;
    private final List<Integer> lengths = new ArrayList<>();
    private final double firstTemperature;
    private final Deque<Double> recent = new ArrayDeque<>();
    private int at;
    private int steps;

    LengthCurriculum(GrpoSettings policy) {
        settings = policy.curriculum();
        lengths.add(policy.sampling().maxTokens());
        lengths.addAll(settings.lengths());
        firstTemperature = policy.sampling().temperature();
    }

    /** In tokens. */
    int maxTokens() {
        return lengths.get(at);
    }

    /** Temperature of the rollouts, before any schedule of its own. */
    double temperature() {
        return at == 0 || settings.temperatures().isEmpty()
                ? firstTemperature
                : settings.temperatures().get(at - 1);
    }

    /** Whether overlong filtering may be on at this length; always without a curriculum. */
    boolean filters() {
        return lengths.size() == 1 || at < settings.filteredLengths();
    }

    /**
     * A step is done; the next one may have another length.
     *
     * @param truncated share of its rollouts that were cut off
     */
    void stepDone(double truncated) {
        steps++;
        recent.addLast(truncated);
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
        if (at < lengths.size() - 1 && isOver()) {
            at++;
            steps = 0;
            recent.clear();
        }
    }

    private boolean isOver() {
        double mean = recent.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        boolean fewTruncated = steps >= settings.minSteps() && mean <= settings.clipRatio();
        return fewTruncated || settings.maxSteps() > 0 && steps >= settings.maxSteps();
    }

    JsonNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put(AT, at).put(STEPS, steps);
        ArrayNode shares = state.putArray(RECENT);
        recent.forEach(shares::add);
        return state;
    }

    void restore(JsonNode state) {
        at = state.get(AT).intValue();
        steps = state.get(STEPS).intValue();
        recent.clear();
        state.get(RECENT).forEach(share -> recent.addLast(share.doubleValue()));
    }
}
