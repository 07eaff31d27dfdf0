package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * Group relative policy optimisation as the paper uses it (section 4.1.2, equation 1): G rollouts of the current policy, one update, so
 * that the importance ratio is exactly 1; advantage (r - mean) / std of the group; the sum over all tokens divided by their number; no KL.
 *
 * <p>The update takes the log-probabilities of {@code logits / temperature}, the distribution that the rollouts were drawn from, as verl and
 * TRL do. The cut of top-p and top-k is not a part of it, neither there nor here: a token outside the nucleus keeps its share of the
 * normalisation, so that below top-p 1 the gradient is that of the distribution before the cut.
 *
 * @param optimizer the optimizer
 * @param steps updates
 * @param promptsPerStep prompts a step
 * @param groupSize rollouts of each prompt, at least 2
 * @param sampling temperature, nucleus and longest answer of the rollouts
 * @param minStd lower bound of the standard deviation that the advantage is divided by; 0 divides by the plain one (the paper)
 * @param replayFraction share of a step's prompts taken from earlier stages, 0 to 1 (the paper has none)
 * @param overlongFiltering whether truncated answers are left out of the loss
 * @param errorBudget share of a step's rewards that may be missing because a verifier failed; above it the stage ends
 * @param microBatch sequences a forward pass; gradients of a step's micro-batches are added
 * @param checkpointEvery steps between checkpoints
 * @param loss aggregation, advantage and divergence; null for the paper's
 * @param filter dynamic filtering of prompts; null for none
 * @param curriculum longer answers as the training goes on; null for none
 * @param samplingSchedule temperature and nucleus at the last step; null for the same throughout
 * @param modes in which mode prompts are asked; null for as written
 * @param language the penalty for switching the language; null for none
 * @param sharePrompts whether the update computes a group's prompt once for all its rollouts; the result is the same up to rounding
 * @param keepCheckpoints how many resumable checkpoints are kept, the newest ones; null for two; no part of the content key
 */
public record GrpoSettings(
        OptimizerSettings optimizer,
        int steps,
        int promptsPerStep,
        int groupSize,
        SamplingSettings sampling,
        double minStd,
        double replayFraction,
        boolean overlongFiltering,
        double errorBudget,
        int microBatch,
        int checkpointEvery,
        LossSettings loss,
        FilterSettings filter,
        CurriculumSettings curriculum,
        SamplingSchedule samplingSchedule,
        ModeMix modes,
        LanguageSettings language,
        boolean sharePrompts,
        Integer keepCheckpoints)
        implements Serializable {
    /** Two: the newest, and the one before it should the newest be damaged. */
    public static final int KEPT_CHECKPOINTS = 2;

    public GrpoSettings {
        loss = loss == null ? LossSettings.PAPER : loss;
        filter = filter == null ? FilterSettings.NONE : filter;
        curriculum = curriculum == null ? CurriculumSettings.NONE : curriculum;
        samplingSchedule = samplingSchedule == null ? SamplingSchedule.CONSTANT : samplingSchedule;
        modes = modes == null ? ModeMix.AS_WRITTEN : modes;
        language = language == null ? LanguageSettings.OFF : language;
        keepCheckpoints = keepCheckpoints == null ? Integer.valueOf(KEPT_CHECKPOINTS) : keepCheckpoints;
        Check.atLeast("keepCheckpoints", keepCheckpoints, 1);
        Check.atLeast("steps", steps, 1);
        Check.atLeast("promptsPerStep", promptsPerStep, 1);
        Check.atLeast("groupSize", groupSize, 2);
        Check.positive("temperature", sampling.temperature());
        Check.atLeast("minStd", minStd, 0);
        Check.fraction("replayFraction", replayFraction);
        Check.fraction("errorBudget", errorBudget);
        Check.atLeast("microBatch", microBatch, 1);
        Check.atLeast("checkpointEvery", checkpointEvery, 1);
        if (!curriculum.lengths().isEmpty()) {
            Check.atLeast("the curriculum's first length", curriculum.lengths().get(0), sampling.maxTokens() + 1.0);
        }
        if (!curriculum.temperatures().isEmpty() && samplingSchedule.finalTemperature() != null) {
            throw new IllegalArgumentException(
                    "A temperature for each length of the curriculum and a temperature at the " + "last step ("
                            + samplingSchedule.finalTemperature() + ") exclude each other");
        }
    }

    /** The paper's loss, and none of what follows {@code checkpointEvery}. */
    public GrpoSettings(
            OptimizerSettings optimizer,
            int steps,
            int promptsPerStep,
            int groupSize,
            SamplingSettings sampling,
            double minStd,
            double replayFraction,
            boolean overlongFiltering,
            double errorBudget,
            int microBatch,
            int checkpointEvery) {
        this(
                optimizer,
                steps,
                promptsPerStep,
                groupSize,
                sampling,
                minStd,
                replayFraction,
                overlongFiltering,
                errorBudget,
                microBatch,
                checkpointEvery,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    /** The same with another loss. */
    public GrpoSettings with(LossSettings other) {
        return with(other, filter, curriculum, samplingSchedule, modes, language, sharePrompts, keepCheckpoints);
    }

    /** The same with another filter. */
    public GrpoSettings with(FilterSettings other) {
        return with(loss, other, curriculum, samplingSchedule, modes, language, sharePrompts, keepCheckpoints);
    }

    /** The same with another curriculum. */
    public GrpoSettings with(CurriculumSettings other) {
        return with(loss, filter, other, samplingSchedule, modes, language, sharePrompts, keepCheckpoints);
    }

    /** The same with another schedule of the sampling. */
    public GrpoSettings with(SamplingSchedule other) {
        return with(loss, filter, curriculum, other, modes, language, sharePrompts, keepCheckpoints);
    }

    /** The same with other modes. */
    public GrpoSettings with(ModeMix other) {
        return with(loss, filter, curriculum, samplingSchedule, other, language, sharePrompts, keepCheckpoints);
    }

    /** The same with another penalty for switching the language. */
    public GrpoSettings with(LanguageSettings other) {
        return with(loss, filter, curriculum, samplingSchedule, modes, other, sharePrompts, keepCheckpoints);
    }

    /** The same with prompts computed once for their rollouts, or not. */
    public GrpoSettings withSharedPrompts(boolean shared) {
        return with(loss, filter, curriculum, samplingSchedule, modes, language, shared, keepCheckpoints);
    }

    /** The same with another number of checkpoints that are kept. */
    public GrpoSettings withKeptCheckpoints(int kept) {
        return with(loss, filter, curriculum, samplingSchedule, modes, language, sharePrompts, kept);
    }

    private GrpoSettings with(
            LossSettings otherLoss,
            FilterSettings otherFilter,
            CurriculumSettings otherCurriculum,
            SamplingSchedule otherSchedule,
            ModeMix otherModes,
            LanguageSettings otherLanguage,
            boolean shared,
            Integer kept) {
        return new GrpoSettings(
                optimizer,
                steps,
                promptsPerStep,
                groupSize,
                sampling,
                minStd,
                replayFraction,
                overlongFiltering,
                errorBudget,
                microBatch,
                checkpointEvery,
                otherLoss,
                otherFilter,
                otherCurriculum,
                otherSchedule,
                otherModes,
                otherLanguage,
                shared,
                kept);
    }

    /** The longest answer that the training ever asks for, in tokens. */
    public int longestAnswer() {
        return curriculum.lengths().isEmpty()
                ? sampling.maxTokens()
                : curriculum.lengths().get(curriculum.lengths().size() - 1);
    }
}
