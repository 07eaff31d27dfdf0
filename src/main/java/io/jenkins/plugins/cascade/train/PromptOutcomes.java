package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.Seeds;
import java.util.Arrays;
import java.util.Random;

/**
 * How every prompt went at its last visit, and whom an epoch asks because of it: all but those that nobody or everybody solved, of which a
 * few are drawn by lot (Nemotron-Cascade, arXiv 2512.13607, section 4.5.2). Solved means a reward of at least 1, unsolved one of at most 0.
 */
final class PromptOutcomes {
    private static final char UNKNOWN = '?';
    private static final char MIXED = 'm';
    private static final char UNSOLVED = '0';
    private static final char SOLVED = '1';
    private static final String EPOCH = "epoch";
    private static final String BEFORE = "before";
    private static final String NOW = "now";

    private final FilterSettings settings;
    private final long seed;
    private char[] before;
    private char[] now;
    private long epoch;
    private boolean[] admitted;

    PromptOutcomes(FilterSettings settings, int prompts, long seed) {
        this.settings = settings;
        this.seed = seed;
        this.now = new char[prompts];
        Arrays.fill(now, UNKNOWN);
        this.before = now.clone();
        this.admitted = lots();
    }

    /** Decides on a new epoch's prompts when it begins; does nothing within it. */
    void beginEpoch(long number) {
        if (number != epoch) {
            epoch = number;
            before = now.clone();
            admitted = lots();
        }
    }

    /** A function of the outcomes before the epoch and its number; all prompts where it would be none. */
    private boolean[] lots() {
        return lots(new Random(Seeds.of(seed, "readmission", epoch)));
    }

    private boolean[] lots(Random random) {
        boolean[] result = new boolean[before.length];
        boolean any = false;
        for (int i = 0; i < result.length; i++) {
            double lot = random.nextDouble();
            result[i] = switch (before[i]) {
                case UNSOLVED -> lot < settings.readmitUnsolved();
                case SOLVED -> lot < settings.readmitSolved();
                default -> true;
            };
            any |= result[i];
        }
        if (!any) {
            Arrays.fill(result, true);
        }
        return result;
    }

    boolean admits(int item) {
        return admitted[item];
    }

    void visited(int item, double[] rewards) {
        int judged = 0;
        int solved = 0;
        int unsolved = 0;
        for (double reward : rewards) {
            judged += Double.isNaN(reward) ? 0 : 1;
            solved += reward >= 1 ? 1 : 0;
            unsolved += reward <= 0 ? 1 : 0;
        }
        if (judged > 0) {
            now[item] = solved == judged ? SOLVED : unsolved == judged ? UNSOLVED : MIXED;
        }
    }

    double admittedShare() {
        int count = 0;
        for (boolean one : admitted) {
            count += one ? 1 : 0;
        }
        return (double) count / admitted.length;
    }

    JsonNode state() {
        return JsonNodeFactory.instance
                .objectNode()
                .put(EPOCH, epoch)
                .put(BEFORE, new String(before))
                .put(NOW, new String(now));
    }

    void restore(JsonNode state) {
        epoch = state.get(EPOCH).longValue();
        before = state.get(BEFORE).textValue().toCharArray();
        now = state.get(NOW).textValue().toCharArray();
        admitted = lots();
    }
}
