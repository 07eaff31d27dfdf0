package io.jenkins.plugins.cascade.train;

/**
 * Counters over the whole training, all resumes included.
 *
 * @param trainedTokens tokens that went through a gradient computation
 * @param sampledTokens tokens that were generated in training
 * @param seconds time of the steps whose results were kept
 */
public record TrainingTotals(long trainedTokens, long sampledTokens, double seconds) {
    /** Nothing done yet. */
    public static final TrainingTotals ZERO = new TrainingTotals(0, 0, 0);

    TrainingTotals plus(StepReport report, double stepSeconds) {
        return new TrainingTotals(
                trainedTokens + report.trainedTokens(), sampledTokens + report.sampledTokens(), seconds + stepSeconds);
    }
}
