package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.Tolerance;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.PaperModel;
import io.jenkins.plugins.cascade.recipe.SavePrecision;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.stage.CheckpointPlace;
import io.jenkins.plugins.cascade.stage.DataRequest;
import io.jenkins.plugins.cascade.stage.StageRequest;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments that every training step has. Whatever is left out has the paper's value, see the recipe package's presets. */
public abstract class TrainingStep extends StageStep {
    private String model;
    private Object parent;
    private List<BenchmarkArgument> benchmarks;
    private List<GateArgument> gates;
    private List<ToleranceArgument> tolerate;
    private String onRegression;
    private String onInconclusive;
    private Integer looks;
    private String checkpoints;
    private Object baselines;
    private Integer steps;
    private Double learningRate;
    private String schedule;
    private Integer warmupSteps;
    private Double finalLearningRateRatio;
    private Double weightDecay;
    private Double clipNorm;
    private Integer microBatch;
    private LoraArgument lora;
    private Boolean gradientCheckpointing;
    private Integer checkpointEvery;
    private Integer keepCheckpoints;
    private String preset;
    private String savePrecision;
    private Double divergenceRatio;

    TrainingStep(StageKind kind) {
        super(kind);
    }

    public String getModel() {
        return model;
    }

    /** Folder of the model to start from. Default: the parent's checkpoint. */
    @DataBoundSetter
    public void setModel(String model) {
        this.model = Given.text(model);
    }

    public Object getParent() {
        return parent;
    }

    /** The stage to build on: what its step returned, or its name. Default: the last accepted stage of the build. */
    @DataBoundSetter
    public void setParent(Object parent) {
        this.parent = StageReference.checked("parent", parent);
    }

    public List<BenchmarkArgument> getBenchmarks() {
        return benchmarks;
    }

    /** What is evaluated at the end. Default: the parent's benchmarks. */
    @DataBoundSetter
    public void setBenchmarks(List<BenchmarkArgument> benchmarks) {
        this.benchmarks = benchmarks == null ? null : new ArrayList<>(benchmarks);
    }

    public List<GateArgument> getGates() {
        return gates;
    }

    /** What is asked of the benchmarks against the parent. Benchmarks left out keep the parent's gates, its targets protected. */
    @DataBoundSetter
    public void setGates(List<GateArgument> gates) {
        this.gates = gates == null ? null : new ArrayList<>(gates);
    }

    public List<ToleranceArgument> getTolerate() {
        return tolerate;
    }

    /** Declared trade-offs of this stage. Default: none. */
    @DataBoundSetter
    public void setTolerate(List<ToleranceArgument> tolerate) {
        this.tolerate = tolerate == null ? null : new ArrayList<>(tolerate);
    }

    public String getOnRegression() {
        return onRegression;
    }

    /** What a shown regression does: {@code fail} (default), {@code unstable} or {@code continue}. */
    @DataBoundSetter
    public void setOnRegression(String onRegression) {
        this.onRegression = ReactionWord.checked("onRegression", onRegression);
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    /** What an undecided comparison does: {@code fail} (default), {@code unstable} or {@code continue}. */
    @DataBoundSetter
    public void setOnInconclusive(String onInconclusive) {
        this.onInconclusive = ReactionWord.checked("onInconclusive", onInconclusive);
    }

    public Integer getLooks() {
        return looks;
    }

    /**
     * Planned looks of the comparison with the parent, 1 to 3: while one cannot decide, the next has twice the samples on both sides.
     * Default 1.
     */
    @DataBoundSetter
    public void setLooks(Integer looks) {
        this.looks = Range.between("looks", 1, StageRequest.MOST_LOOKS, looks);
    }

    public String getCheckpoints() {
        return checkpoints;
    }

    /**
     * Where the checkpoint is kept once the stage is accepted: {@code keep} (default) where it was trained, {@code mlflow} among the
     * artifacts of its run, the states of the optimizer then being removed where it was trained, or {@code both}.
     */
    @DataBoundSetter
    public void setCheckpoints(String checkpoints) {
        CheckpointPlace place = place(Given.text(checkpoints));
        this.checkpoints = place == CheckpointPlace.KEEP ? null : place.word();
    }

    private static CheckpointPlace place(String word) {
        return word == null ? CheckpointPlace.KEEP : CheckpointPlace.of(word);
    }

    public Object getBaselines() {
        return baselines;
    }

    /**
     * What the stage is measured against, one or a list: {@code parent}, {@code anchor}, {@code stage:NAME}, a score file, {@code mlflow:...}.
     * The worst verdict counts. Default: the parent, where there is one.
     */
    @DataBoundSetter
    public void setBaselines(Object baselines) {
        this.baselines = BaselineList.checked(baselines);
    }

    public Integer getSteps() {
        return steps;
    }

    /** Optimizer steps. Default: the paper's. */
    @DataBoundSetter
    public void setSteps(Integer steps) {
        this.steps = Range.atLeast("steps", 1, steps);
    }

    public Double getLearningRate() {
        return learningRate;
    }

    /** Maximum learning rate. Default: the paper's, 5e-5 for SFT, 2e-6 for RLHF, instructions and mathematics, 4e-6 for code. */
    @DataBoundSetter
    public void setLearningRate(Double learningRate) {
        this.learningRate = Range.above("learningRate", 0, learningRate);
    }

    public String getSchedule() {
        return schedule;
    }

    /** {@code constant}, {@code linear} or {@code cosine}, after the warm-up. Default: cosine for SFT, constant otherwise. */
    @DataBoundSetter
    public void setSchedule(String schedule) {
        this.schedule = ScheduleWord.checked(schedule);
    }

    public Integer getWarmupSteps() {
        return warmupSteps;
    }

    /** Steps of linear warm-up from 0. Default 0. */
    @DataBoundSetter
    public void setWarmupSteps(Integer warmupSteps) {
        this.warmupSteps = Range.atLeast("warmupSteps", 0, warmupSteps);
    }

    public Double getFinalLearningRateRatio() {
        return finalLearningRateRatio;
    }

    /** Learning rate at the last step as a share of the maximum, 0 to 1. Default 0. */
    @DataBoundSetter
    public void setFinalLearningRateRatio(Double finalLearningRateRatio) {
        this.finalLearningRateRatio = Range.between("finalLearningRateRatio", 0, 1, finalLearningRateRatio);
    }

    public Double getWeightDecay() {
        return weightDecay;
    }

    /** Decoupled weight decay. Default 1e-4 for SFT, 0 otherwise. */
    @DataBoundSetter
    public void setWeightDecay(Double weightDecay) {
        this.weightDecay = Range.atLeast("weightDecay", 0.0, weightDecay);
    }

    public Double getClipNorm() {
        return clipNorm;
    }

    /** Largest global gradient norm, 0 for no clipping. Default 1. */
    @DataBoundSetter
    public void setClipNorm(Double clipNorm) {
        this.clipNorm = Range.atLeast("clipNorm", 0.0, clipNorm);
    }

    public Integer getMicroBatch() {
        return microBatch;
    }

    /** Sequences a forward pass; memory, not the result, depends on it. Default 8. */
    @DataBoundSetter
    public void setMicroBatch(Integer microBatch) {
        this.microBatch = Range.atLeast("microBatch", 1, microBatch);
    }

    public LoraArgument getLora() {
        return lora;
    }

    /** An adapter that is trained in place of the weights, {@code lora(...)}. Default: none, as in the paper. */
    @DataBoundSetter
    public void setLora(LoraArgument lora) {
        this.lora = lora;
    }

    public Boolean getGradientCheckpointing() {
        return gradientCheckpointing;
    }

    /** Whether layers are computed again on the way back, for memory. Default false; the gradients are the same up to rounding. */
    @DataBoundSetter
    public void setGradientCheckpointing(Boolean gradientCheckpointing) {
        this.gradientCheckpointing = Boolean.TRUE.equals(gradientCheckpointing) ? Boolean.TRUE : null;
    }

    public Integer getCheckpointEvery() {
        return checkpointEvery;
    }

    /** Steps between checkpoints. Default 100 for SFT, 10 otherwise. */
    @DataBoundSetter
    public void setCheckpointEvery(Integer checkpointEvery) {
        this.checkpointEvery = Range.atLeast("checkpointEvery", 1, checkpointEvery);
    }

    public Integer getKeepCheckpoints() {
        return keepCheckpoints;
    }

    /** How many checkpoints are kept to go on from, the newest ones, at least 1. Default 2; no part of the content key. */
    @DataBoundSetter
    public void setKeepCheckpoints(Integer keepCheckpoints) {
        this.keepCheckpoints = Range.atLeast("keepCheckpoints", 1, keepCheckpoints);
    }

    public String getPreset() {
        return preset;
    }

    /**
     * Which of the paper's models the defaults are of: {@code unified-8b}, {@code thinking-8b} or {@code thinking-14b}. Default unified-8b.
     */
    @DataBoundSetter
    public void setPreset(String preset) {
        this.preset = Choice.checked("preset", PaperModel.class, preset);
    }

    /** The model of the paper whose values are the defaults. */
    final PaperModel paperModel() {
        return Choice.of(PaperModel.class, preset, PaperModel.UNIFIED_8B);
    }

    public String getSavePrecision() {
        return savePrecision;
    }

    /** What the finished model's weights are written in, {@code fp32}, {@code bf16} or {@code fp16}. Default: as the model was read. */
    @DataBoundSetter
    public void setSavePrecision(String savePrecision) {
        this.savePrecision = Choice.checked("savePrecision", SavePrecision.class, savePrecision);
    }

    public Double getDivergenceRatio() {
        return divergenceRatio;
    }

    /** How many times the best loss, kept up for 20 steps, ends the stage as diverged; 0 for never. Default 2. */
    @DataBoundSetter
    public void setDivergenceRatio(Double divergenceRatio) {
        this.divergenceRatio = divergenceRatio != null && divergenceRatio == 0
                ? divergenceRatio
                : Range.atLeast("divergenceRatio", 1.0, divergenceRatio);
    }

    @Override
    public final StageRequest toRequest() {
        return new StageRequest(
                        kind(),
                        effectiveName(),
                        domain(),
                        model,
                        StageReference.name(parent),
                        files(),
                        settings(),
                        requests(benchmarks),
                        gateList(),
                        toleranceList(),
                        ReactionWord.of("onRegression", onRegression),
                        ReactionWord.of("onInconclusive", onInconclusive),
                        effectiveSeed(),
                        effectiveReuse(),
                        effectiveThreads(),
                        effectiveDevice())
                .withLooks(Default.of(looks, 1))
                .withCheckpoints(place(checkpoints))
                .withBaselines(BaselineList.references(baselines));
    }

    /** How the stage computes, with what was given. */
    final NumericSettings numerics() {
        return new NumericSettings(
                effectivePrecision(),
                Choice.of(SavePrecision.class, savePrecision, NumericSettings.DEFAULT.savePrecision()),
                Default.of(divergenceRatio, NumericSettings.DEFAULT.divergenceRatio()));
    }

    /** The effective settings: the paper's, with what was given. */
    abstract StageSettings settings();

    /** The data files, by role. */
    abstract List<DataRequest> files();

    /** The domain of an RLVR stage, otherwise null. */
    String domain() {
        return null;
    }

    /** The optimizer with what was given. */
    final OptimizerSettings optimizer(OptimizerSettings paper) {
        return new OptimizerSettings(
                Default.of(learningRate, paper.learningRate()),
                Default.of(finalLearningRateRatio, paper.finalLearningRateRatio()),
                Default.of(warmupSteps, paper.warmupSteps()),
                ScheduleWord.of(schedule, paper.schedule()),
                paper.beta1(),
                paper.beta2(),
                paper.epsilon(),
                Default.of(weightDecay, paper.weightDecay()),
                Default.of(clipNorm, paper.clipNorm()),
                lora == null ? null : lora.toSettings(),
                gradientCheckpointing);
    }

    private List<Gate> gateList() {
        return gates == null ? null : gates.stream().map(GateArgument::toGate).toList();
    }

    private List<Tolerance> toleranceList() {
        return Default.of(tolerate, List.<ToleranceArgument>of()).stream()
                .map(ToleranceArgument::toTolerance)
                .toList();
    }
}
