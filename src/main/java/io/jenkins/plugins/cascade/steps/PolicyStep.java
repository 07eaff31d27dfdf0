package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.SamplingSchedule;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The arguments of the steps that train a policy on its own rollouts (section 4.1.2). What is left out has the paper's value for the domain,
 * the filter of prompts, the modes and the penalty for switching the language included. The paper's length curriculum holds while its lengths
 * are not given, and the curriculum's temperatures while no temperature is.
 */
public abstract class PolicyStep extends TrainingStep {
    private final Object prompts;
    private Object replay;
    private Double replayFraction;
    private Integer promptsPerStep;
    private Integer groupSize;
    private Double temperature;
    private Double topP;
    private Integer topK;
    private Integer maxTokens;
    private Double minStd;
    private Boolean overlongFiltering;
    private Double errorBudget;
    private LossArgument loss;
    private FilterArgument filter;
    private CurriculumArgument curriculum;
    private LanguageArgument languageSwitch;
    private String modes;
    private Double finalTemperature;
    private Double finalTopP;
    private Boolean sharePrompts;

    PolicyStep(StageKind kind, Object prompts) {
        super(kind);
        this.prompts = Paths.checked("prompts", prompts);
    }

    public Object getPrompts() {
        return prompts;
    }

    public Object getReplay() {
        return replay;
    }

    /** A file, or a list of them, of earlier domains' prompts, mixed in by {@code replayFraction}. Default: none, as in the paper. */
    @DataBoundSetter
    public void setReplay(Object replay) {
        this.replay = Paths.optional("replay", replay);
    }

    public Double getReplayFraction() {
        return replayFraction;
    }

    /** Share of a step's prompts taken from {@code replay}, 0 to 1. Default 0. */
    @DataBoundSetter
    public void setReplayFraction(Double replayFraction) {
        this.replayFraction = Range.between("replayFraction", 0, 1, replayFraction);
    }

    public Integer getPromptsPerStep() {
        return promptsPerStep;
    }

    /** Prompts a step. Default 256 for RLHF and instructions, 128 otherwise. */
    @DataBoundSetter
    public void setPromptsPerStep(Integer promptsPerStep) {
        this.promptsPerStep = Range.atLeast("promptsPerStep", 1, promptsPerStep);
    }

    public Integer getGroupSize() {
        return groupSize;
    }

    /** Rollouts of each prompt, at least 2. Default 8, for software engineering 16. */
    @DataBoundSetter
    public void setGroupSize(Integer groupSize) {
        this.groupSize = Range.atLeast("groupSize", 2, groupSize);
    }

    public Double getTemperature() {
        return temperature;
    }

    /** Temperature of the rollouts, above 0, with a curriculum at its first length. Default 0.6 for RLHF and instructions, 1 otherwise. */
    @DataBoundSetter
    public void setTemperature(Double temperature) {
        this.temperature = Range.above("temperature", 0, temperature);
    }

    public Double getTopP() {
        return topP;
    }

    /** Nucleus of the rollouts, above 0 up to 1. Default 0.95. */
    @DataBoundSetter
    public void setTopP(Double topP) {
        this.topP = Range.above("topP", 0, Range.between("topP", 0, 1, topP));
    }

    public Integer getTopK() {
        return topK;
    }

    /** The K likeliest tokens of the rollouts, 0 for all. Default 0. */
    @DataBoundSetter
    public void setTopK(Integer topK) {
        this.topK = Range.atLeast("topK", 0, topK);
    }

    public Integer getMaxTokens() {
        return maxTokens;
    }

    /** Longest rollout, in tokens, the first length of a curriculum. Default: the paper's, from 8192 to 57344. */
    @DataBoundSetter
    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = Range.atLeast("maxTokens", 1, maxTokens);
    }

    public Double getMinStd() {
        return minStd;
    }

    /** Lower bound of the standard deviation that the advantage is divided by. Default 0: the plain one. */
    @DataBoundSetter
    public void setMinStd(Double minStd) {
        this.minStd = Range.atLeast("minStd", 0.0, minStd);
    }

    public Boolean getOverlongFiltering() {
        return overlongFiltering;
    }

    /** Whether truncated rollouts are left out of the loss. Default true for mathematics and software engineering, otherwise false. */
    @DataBoundSetter
    public void setOverlongFiltering(Boolean overlongFiltering) {
        this.overlongFiltering = overlongFiltering;
    }

    public Double getErrorBudget() {
        return errorBudget;
    }

    /** Share of a step's rewards that may be missing because a verifier failed, 0 to 1; above it the stage ends. Default 0.01. */
    @DataBoundSetter
    public void setErrorBudget(Double errorBudget) {
        this.errorBudget = Range.between("errorBudget", 0, 1, errorBudget);
    }

    public LossArgument getLoss() {
        return loss;
    }

    /** The loss, {@code policyLoss(...)}. Default: the paper's, by token, without a divergence. */
    @DataBoundSetter
    public void setLoss(LossArgument loss) {
        this.loss = loss;
    }

    public FilterArgument getFilter() {
        return filter;
    }

    /** Dynamic filtering, {@code promptFilter(...)}. Default the paper's: by batch for instructions, by epoch for mathematics, otherwise none. */
    @DataBoundSetter
    public void setFilter(FilterArgument filter) {
        this.filter = filter;
    }

    public CurriculumArgument getCurriculum() {
        return curriculum;
    }

    /** Longer rollouts as the training goes on, {@code lengthCurriculum(...)}. Default, while {@code maxTokens} is not given either, the paper's
     * for mathematics and code; otherwise none. */
    @DataBoundSetter
    public void setCurriculum(CurriculumArgument curriculum) {
        this.curriculum = curriculum;
    }

    public LanguageArgument getLanguageSwitch() {
        return languageSwitch;
    }

    /** Penalty for switching the language, {@code languageSwitch(...)}. Default the paper's: the least reward minus 10 for RLHF, -1 for
     * mathematics, 0 for code, otherwise none. */
    @DataBoundSetter
    public void setLanguageSwitch(LanguageArgument languageSwitch) {
        this.languageSwitch = languageSwitch;
    }

    public String getModes() {
        return modes;
    }

    /**
     * In which mode prompts are asked whose line names none: {@code as-written}, without a flag; {@code think} or {@code no-think}, with the
     * flag {@code /think} or {@code /no_think} after every turn of the user; {@code half}, every second prompt of a step in each. Default
     * the paper's: of the unified model half for RLHF, no-think for instructions, think for mathematics, code and software engineering; of the
     * thinking models think; as-written for another domain.
     */
    @DataBoundSetter
    public void setModes(String modes) {
        this.modes = Choice.checked("modes", ModeMix.class, modes);
    }

    public Double getFinalTemperature() {
        return finalTemperature;
    }

    /** Temperature at the last step, above 0; it goes there in a straight line. Default: the same throughout. */
    @DataBoundSetter
    public void setFinalTemperature(Double finalTemperature) {
        this.finalTemperature = Range.above("finalTemperature", 0, finalTemperature);
    }

    public Double getFinalTopP() {
        return finalTopP;
    }

    /** Nucleus at the last step, above 0 up to 1; it goes there in a straight line. Default: the same throughout. */
    @DataBoundSetter
    public void setFinalTopP(Double finalTopP) {
        this.finalTopP = Range.above("finalTopP", 0, Range.between("finalTopP", 0, 1, finalTopP));
    }

    public Boolean getSharePrompts() {
        return sharePrompts;
    }

    /**
     * Whether the update computes a group's prompt once for all its rollouts: the same result up to rounding in less time and memory, the more
     * the longer prompts are. Default false.
     */
    @DataBoundSetter
    public void setSharePrompts(Boolean sharePrompts) {
        this.sharePrompts = Boolean.TRUE.equals(sharePrompts) ? Boolean.TRUE : null;
    }

    /** The policy's settings with what was given. */
    final GrpoSettings policy(GrpoSettings paper) {
        checkReplay();
        SamplingSettings sampling = paper.sampling();
        return new GrpoSettings(
                optimizer(paper.optimizer()),
                Default.of(getSteps(), paper.steps()),
                Default.of(promptsPerStep, paper.promptsPerStep()),
                Default.of(groupSize, paper.groupSize()),
                new SamplingSettings(
                        Default.of(temperature, sampling.temperature()),
                        Default.of(topP, sampling.topP()),
                        Default.of(topK, sampling.topK()),
                        Default.of(maxTokens, sampling.maxTokens())),
                Default.of(minStd, paper.minStd()),
                Default.of(replayFraction, paper.replayFraction()),
                Default.of(overlongFiltering, paper.overlongFiltering()),
                Default.of(errorBudget, paper.errorBudget()),
                Default.of(getMicroBatch(), paper.microBatch()),
                Default.of(getCheckpointEvery(), paper.checkpointEvery()),
                loss == null ? paper.loss() : loss.toSettings(paper.loss()),
                filter == null ? paper.filter() : filter.toSettings(paper.filter()),
                curriculum(paper.curriculum()),
                new SamplingSchedule(finalTemperature, finalTopP),
                Choice.of(ModeMix.class, modes, paper.modes()),
                languageSwitch == null ? paper.language() : languageSwitch.toSettings(paper.language()),
                Default.of(sharePrompts, paper.sharePrompts()),
                Default.of(getKeepCheckpoints(), paper.keepCheckpoints()));
    }

    /** The paper's lengths belong to its first length, and their temperatures to its first temperature. */
    private CurriculumSettings curriculum(CurriculumSettings paper) {
        CurriculumSettings lengths = maxTokens == null ? paper : CurriculumSettings.NONE;
        CurriculumSettings settings = curriculum == null ? lengths : curriculum.toSettings(lengths);
        boolean ownTemperature = temperature != null || finalTemperature != null;
        return ownTemperature && (curriculum == null || curriculum.getTemperatures() == null)
                ? settings.withoutTemperatures()
                : settings;
    }

    private void checkReplay() {
        boolean wanted = Default.of(replayFraction, 0.0) > 0;
        if (wanted && replay == null) {
            throw new RefusedArgumentException("replayWithoutFile", replayFraction);
        }
        if (!wanted && replay != null) {
            throw new RefusedArgumentException("replayWithoutShare");
        }
    }
}
