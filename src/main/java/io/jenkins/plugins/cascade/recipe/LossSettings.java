package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * The loss of a policy update.
 *
 * @param aggregation how the tokens' losses become one number (the paper: by token; by sequence with a weak reward model, table 10)
 * @param divideByStd whether the advantage is {@code (r - mean) / std} of the group (the paper) or {@code r - mean} alone (Dr. GRPO, arXiv
 *     2503.20783)
 * @param klCoefficient weight of the estimator k3 of the divergence from the stage's start weights, in nats a token, at least 0; 0 computes
 *     none (the paper: 0; 0.001 with a weak reward model, table 10)
 * @param tanhReward whether a reward is replaced, before the advantage, by the hyperbolic tangent of {@code (r - mean) / std} of its group, so
 *     that one outlier of a weak reward model cannot rule the group (the paper: no; yes with a weak reward model, table 10)
 */
public record LossSettings(LossAggregation aggregation, boolean divideByStd, double klCoefficient, boolean tanhReward)
        implements Serializable {
    /** Equation 1 of the paper. */
    public static final LossSettings PAPER = new LossSettings(LossAggregation.TOKEN, true, 0);

    public LossSettings {
        Check.atLeast("klCoefficient", klCoefficient, 0);
    }

    /** Rewards as they are. */
    public LossSettings(LossAggregation aggregation, boolean divideByStd, double klCoefficient) {
        this(aggregation, divideByStd, klCoefficient, false);
    }
}
