package io.jenkins.plugins.cascade.train;

import java.util.Map;

/**
 * What one step did.
 *
 * @param metrics by the names of {@link io.jenkins.plugins.cascade.recipe.StageEvent#metrics}; not finite ones are left out later
 * @param trainedTokens tokens that went through a gradient computation
 * @param sampledTokens tokens that were generated
 */
record StepReport(Map<String, Double> metrics, long trainedTokens, long sampledTokens) {
    StepReport {
        metrics = Map.copyOf(metrics);
    }
}
