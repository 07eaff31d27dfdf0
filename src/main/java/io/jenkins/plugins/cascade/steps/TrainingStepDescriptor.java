package io.jenkins.plugins.cascade.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.PaperModel;
import io.jenkins.plugins.cascade.recipe.SavePrecision;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The forms of the steps that train: the fields of {@link TrainingStep}. */
public abstract class TrainingStepDescriptor extends StageStepDescriptor {
    TrainingStepDescriptor(String functionName) {
        super(functionName);
    }

    @Override
    abstract TrainingStep sample();

    /** A number of optimizer steps. */
    @POST
    public FormValidation doCheckSteps(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "steps", value, sample()::setSteps);
    }

    /** A learning rate. */
    @POST
    public FormValidation doCheckLearningRate(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "learningRate", value, sample()::setLearningRate);
    }

    /** A number of steps. */
    @POST
    public FormValidation doCheckWarmupSteps(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "warmupSteps", value, sample()::setWarmupSteps);
    }

    /** A share. */
    @POST
    public FormValidation doCheckFinalLearningRateRatio(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "finalLearningRateRatio", value, sample()::setFinalLearningRateRatio);
    }

    /** A weight decay. */
    @POST
    public FormValidation doCheckWeightDecay(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "weightDecay", value, sample()::setWeightDecay);
    }

    /** A gradient norm. */
    @POST
    public FormValidation doCheckClipNorm(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "clipNorm", value, sample()::setClipNorm);
    }

    /** A number of sequences. */
    @POST
    public FormValidation doCheckMicroBatch(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "microBatch", value, sample()::setMicroBatch);
    }

    /** A number of steps. */
    @POST
    public FormValidation doCheckCheckpointEvery(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "checkpointEvery", value, sample()::setCheckpointEvery);
    }

    /** A number of checkpoints. */
    @POST
    public FormValidation doCheckKeepCheckpoints(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "keepCheckpoints", value, sample()::setKeepCheckpoints);
    }

    /** The models of the paper. */
    @POST
    public ListBoxModel doFillPresetItems(@AncestorInPath Item item) {
        return Choices.words(item, "preset", PaperModel.class);
    }

    /** A number of looks. */
    @POST
    public FormValidation doCheckLooks(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "looks", value, sample()::setLooks);
    }

    /** The shapes of the learning rate after the warm-up. */
    @POST
    public ListBoxModel doFillScheduleItems(@AncestorInPath Item item) {
        return Choices.schedules(item);
    }

    /** What weights may be written in. */
    @POST
    public ListBoxModel doFillSavePrecisionItems(@AncestorInPath Item item) {
        return Choices.words(item, "savePrecision", SavePrecision.class);
    }

    /** 0, or a number of at least 1. */
    @POST
    public FormValidation doCheckDivergenceRatio(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "divergenceRatio", value, sample()::setDivergenceRatio);
    }

    /** What a regression may do. */
    @POST
    public ListBoxModel doFillOnRegressionItems(@AncestorInPath Item item) {
        return Choices.reactions(item);
    }

    /** Where a checkpoint may be kept. */
    @POST
    public ListBoxModel doFillCheckpointsItems(@AncestorInPath Item item) {
        return Choices.checkpoints(item);
    }

    /** What an undecided comparison may do. */
    @POST
    public ListBoxModel doFillOnInconclusiveItems(@AncestorInPath Item item) {
        return Choices.reactions(item);
    }
}
