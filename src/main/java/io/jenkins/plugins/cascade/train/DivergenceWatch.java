package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Sees that a loss diverges: the mean of its last {@value #WINDOW} values is a multiple of the least such mean so far, and above the first. A
 * single bad batch does not move that mean far, and a loss near 0 that doubles is still below where it began.
 */
final class DivergenceWatch {
    static final int WINDOW = 20;

    private static final String LOSS = "train/loss";
    private static final String SUB_PHASE = "train/phase";

    private final double ratio;
    private final Deque<Double> last = new ArrayDeque<>();
    private double first = Double.NaN;
    private double best = Double.NaN;
    private int bestStep;
    private double part = Double.NaN;

    /** @param ratio of the least mean, at least 1; 0 to watch nothing */
    DivergenceWatch(double ratio) {
        this.ratio = ratio;
    }

    /** Begins anew: another phase has another loss. */
    void restart() {
        last.clear();
        first = Double.NaN;
        best = Double.NaN;
    }

    /**
     * Takes a step's metrics.
     *
     * @return a clause with the numbers if the loss diverges
     */
    Optional<String> see(int step, Map<String, Double> metrics) {
        Double loss = metrics.get(LOSS);
        if (ratio == 0 || loss == null) {
            return Optional.empty();
        }
        double now = metrics.getOrDefault(SUB_PHASE, Double.NaN);
        if (Double.compare(now, part) != 0) {
            part = now;
            restart();
        }
        last.add(loss);
        if (last.size() > WINDOW) {
            last.remove();
        }
        return last.size() < WINDOW ? Optional.empty() : judge(step);
    }

    private Optional<String> judge(int step) {
        double mean = last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        if (Double.isNaN(first)) {
            first = mean;
        }
        if (!(mean >= best)) {
            best = mean;
            bestStep = step;
        }
        return mean > ratio * best && mean > first
                ? Optional.of("the mean loss of the last " + WINDOW + " steps is " + (float) mean + ", "
                        + (float) (mean / best) + " times the least before (" + (float) best + " at step " + bestStep
                        + ") and above the first (" + (float) first + ")")
                : Optional.empty();
    }

    /** What {@link #restore} takes back. */
    JsonNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        last.forEach(state.putArray("last")::add);
        Map.of("first", first, "best", best, "part", part).forEach((name, value) -> {
            if (!value.isNaN()) {
                state.put(name, value);
            }
        });
        return state.put("bestStep", bestStep);
    }

    /** Goes on from a state; from none it begins anew. */
    void restore(JsonNode state) {
        if (!state.isObject()) {
            return;
        }
        restart();
        state.path("last").forEach(loss -> last.add(loss.asDouble()));
        first = state.path("first").asDouble(Double.NaN);
        best = state.path("best").asDouble(Double.NaN);
        bestStep = state.path("bestStep").asInt();
        part = state.path("part").asDouble(Double.NaN);
    }
}
