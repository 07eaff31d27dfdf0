package io.jenkins.plugins.cascade.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of one verification.
 *
 * @param outcome what it ended with
 * @param score the reward; NaN exactly when the outcome {@linkplain Outcome#isInfrastructure() is infrastructure}, else finite
 *     and in 0..1 but for two rewards of other range: -1 of the swe verifier with a judge for a patch that cannot be applied, and
 *     the raw scale of a reward model
 * @param detail one short phrase for a person: why
 * @param extra further results by name, such as {@code strict} and {@code loose} (lists of booleans) of the
 *     instruction-following verifier or {@code isolation} of the code verifier; never null
 */
public record Verdict(Outcome outcome, double score, String detail, Map<String, Object> extra) {

    /** @throws IllegalArgumentException if the score does not fit the outcome */
    public Verdict {
        boolean scored = Double.isFinite(score);
        if (outcome.isInfrastructure() ? !Double.isNaN(score) : !scored) {
            throw new IllegalArgumentException("Outcome " + outcome + " cannot have the score " + score + ".");
        }
        extra = extra == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A right response, score 1. */
    public static Verdict pass(String detail) {
        return new Verdict(Outcome.PASS, 1, detail, Map.of());
    }

    /** A wrong response, score 0. */
    public static Verdict fail(String detail) {
        return new Verdict(Outcome.FAIL, 0, detail, Map.of());
    }

    /** A response of graded quality: PASS at score 1, FAIL below. */
    public static Verdict graded(double score, String detail) {
        return new Verdict(score >= 1 ? Outcome.PASS : Outcome.FAIL, score, detail, Map.of());
    }

    /** The verifier could not judge. */
    public static Verdict error(String detail) {
        return new Verdict(Outcome.ERROR, Double.NaN, detail, Map.of());
    }

    /** The verifier's own machinery did not answer in time. */
    public static Verdict timeout(String detail) {
        return new Verdict(Outcome.TIMEOUT, Double.NaN, detail, Map.of());
    }

    /** The reference answer cannot be read. */
    public static Verdict unparseableGold(String detail) {
        return new Verdict(Outcome.UNPARSEABLE_GOLD, Double.NaN, detail, Map.of());
    }

    /** The same verdict with further results. */
    public Verdict with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(extra);
        all.putAll(more);
        return new Verdict(outcome, score, detail, all);
    }
}
