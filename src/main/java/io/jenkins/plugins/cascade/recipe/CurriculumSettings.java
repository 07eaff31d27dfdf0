package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;
import java.util.List;

/**
 * Longer answers as the training goes on (paper, section 4.5.2: 24K, 32K, 40K tokens for mathematics). A length is left when the share of
 * truncated rollouts, averaged over the last ten steps at this length, is at most {@code clipRatio} and {@code minSteps} are done, or
 * when {@code maxSteps} are done whatever it is.
 *
 * @param lengths the longest answers that follow the first one, in tokens, each longer than the one before; none for no curriculum
 * @param clipRatio share of truncated rollouts, 0 to 1 (the paper: 0.1)
 * @param minSteps least steps at a length, at least 1 (the paper: about 100)
 * @param maxSteps most steps at a length, 0 for no bound (the paper: about 200); with the same value as {@code minSteps} the steps alone decide
 * @param filteredLengths at how many of the lengths, the first one counted, overlong filtering is on if it is on at all (the paper: 1)
 * @param temperatures of the rollouts at the lengths that follow, one each, above 0 (table 17: 1 and 0.8 after 1); null or none for the same
 *     throughout
 */
public record CurriculumSettings(
        List<Integer> lengths,
        double clipRatio,
        int minSteps,
        int maxSteps,
        int filteredLengths,
        List<Double> temperatures)
        implements Serializable {
    /** One length throughout. */
    public static final CurriculumSettings NONE = new CurriculumSettings(List.of(), 0.1, 100, 200, 1);

    public CurriculumSettings {
        lengths = List.copyOf(lengths);
        temperatures = temperatures == null ? List.of() : List.copyOf(temperatures);
        for (int i = 0; i < lengths.size(); i++) {
            Check.atLeast("a length of the curriculum", lengths.get(i), i == 0 ? 1 : lengths.get(i - 1) + 1);
        }
        Check.fraction("clipRatio", clipRatio);
        Check.atLeast("minSteps", minSteps, 1);
        Check.atLeast("maxSteps", maxSteps, 0);
        if (maxSteps > 0 && maxSteps < minSteps) {
            throw new IllegalArgumentException(
                    "maxSteps must be 0 or at least minSteps (" + minSteps + "), but is " + maxSteps);
        }
        Check.atLeast("filteredLengths", filteredLengths, 0);
        if (!temperatures.isEmpty() && temperatures.size() != lengths.size()) {
            throw new IllegalArgumentException("A curriculum needs one temperature for each of its " + lengths.size()
                    + " lengths, but has " + temperatures.size());
        }
        temperatures.forEach(temperature -> Check.positive("a temperature of the curriculum", temperature));
    }

    /** The same temperature throughout. */
    public CurriculumSettings(
            List<Integer> lengths, double clipRatio, int minSteps, int maxSteps, int filteredLengths) {
        this(lengths, clipRatio, minSteps, maxSteps, filteredLengths, null);
    }

    /** The same with one temperature throughout. */
    public CurriculumSettings withoutTemperatures() {
        return new CurriculumSettings(lengths, clipRatio, minSteps, maxSteps, filteredLengths);
    }
}
