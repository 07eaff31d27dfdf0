package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.RewardModel;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.util.List;
import java.util.Locale;

/** How well a reward model orders preference pairs that it was not trained on (Nemotron-Cascade, arXiv 2512.13607, section 4.2). */
final class PairAccuracy {
    static final String METRIC = "reward_model/heldout_accuracy";

    private static final int SCORED_AT_ONCE = 32;

    private PairAccuracy() {}

    /** Share of the pairs whose chosen answer scores higher, 0 to 1; a tie counts as wrong. */
    static double of(RewardModel model, List<PreferencePair> pairs) {
        int right = 0;
        for (int from = 0; from < pairs.size(); from += SCORED_AT_ONCE) {
            List<PreferencePair> chunk = pairs.subList(from, Math.min(from + SCORED_AT_ONCE, pairs.size()));
            float[] chosen =
                    model.scores(chunk.stream().map(PreferencePair::chosen).toList());
            float[] rejected =
                    model.scores(chunk.stream().map(PreferencePair::rejected).toList());
            for (int i = 0; i < chosen.length; i++) {
                right += chosen[i] > rejected[i] ? 1 : 0;
            }
        }
        return (double) right / pairs.size();
    }

    /**
     * Lets the policy's training begin, or not.
     *
     * @param accuracy NaN where none was measured, which passes
     * @throws StageFailure when the accuracy is below the one required
     */
    static void require(double accuracy, int pairs, double least) {
        if (accuracy < least) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "The reward model orders %.1f %% of %d held-out pairs rightly, but at least %.1f %% are "
                                    + "required; give it more or cleaner pairs, or lower minAccuracy.",
                            100 * accuracy,
                            pairs,
                            100 * least));
        }
    }
}
