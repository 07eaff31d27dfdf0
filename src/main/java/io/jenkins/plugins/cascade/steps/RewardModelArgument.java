package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RewardModelSettings;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code rewardModel(epochs: 1, learningRate: 2e-6)}: how RLHF's reward model is trained; section 4.2 where left out. */
public final class RewardModelArgument extends AbstractDescribableImpl<RewardModelArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private Integer epochs;
    private Integer batchSize;
    private Double learningRate;
    private Integer maxTokens;
    private Double heldOutFraction;
    private Double minAccuracy;
    private String model;
    private Integer microBatch;

    /** The paper's reward model; everything can be set. */
    @DataBoundConstructor
    public RewardModelArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public Integer getEpochs() {
        return epochs;
    }

    /** Passes over the pairs. Default 1; longer was worse in the paper. */
    @DataBoundSetter
    public void setEpochs(Integer epochs) {
        this.epochs = Range.atLeast("epochs", 1, epochs);
    }

    public Integer getBatchSize() {
        return batchSize;
    }

    /** Pairs a step. Default 256. */
    @DataBoundSetter
    public void setBatchSize(Integer batchSize) {
        this.batchSize = Range.atLeast("batchSize", 1, batchSize);
    }

    public Double getLearningRate() {
        return learningRate;
    }

    /** Maximum learning rate. Default 2e-6. */
    @DataBoundSetter
    public void setLearningRate(Double learningRate) {
        this.learningRate = Range.above("learningRate", 0, learningRate);
    }

    public Integer getMaxTokens() {
        return maxTokens;
    }

    /** Longest conversation, in tokens. Default 16384. */
    @DataBoundSetter
    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = Range.atLeast("maxTokens", 2, maxTokens);
    }

    public Double getHeldOutFraction() {
        return heldOutFraction;
    }

    /** Share of the pairs kept for the accuracy, 0 to 1. Default 0.05. */
    @DataBoundSetter
    public void setHeldOutFraction(Double heldOutFraction) {
        this.heldOutFraction = Range.between("heldOutFraction", 0, 1, heldOutFraction);
    }

    public Double getMinAccuracy() {
        return minAccuracy;
    }

    /** Accuracy on the held-out pairs below which RLHF does not start, 0 to 1. Default 0.5. */
    @DataBoundSetter
    public void setMinAccuracy(Double minAccuracy) {
        this.minAccuracy = Range.between("minAccuracy", 0, 1, minAccuracy);
    }

    public String getModel() {
        return model;
    }

    /**
     * Folder of a finished reward model, a Hugging Face folder of a classifier with one label and its own tokenizer, in place of one that is
     * trained. Default: none in RLHF, where one is trained on the preferences.
     */
    @DataBoundSetter
    public void setModel(String model) {
        this.model = Given.text(model);
    }

    public Integer getMicroBatch() {
        return microBatch;
    }

    /** Pairs a forward pass; memory, not the result, depends on it. Default 0: the whole batch. */
    @DataBoundSetter
    public void setMicroBatch(Integer microBatch) {
        this.microBatch = Range.atLeast("microBatch", 0, microBatch);
    }

    /** The folder as a file of the stage; none where the model is trained. */
    List<DataRequest> files() {
        return Paths.files(DataRole.REWARD_MODEL, model);
    }

    /** @param policy whose reward model it is: what of it is trained, and how its gradients are computed, is the same */
    RewardModelSettings toSettings(OptimizerSettings policy) {
        RewardModelSettings paper = Presets.rewardModel();
        OptimizerSettings optimizer = paper.optimizer().training(policy.lora(), policy.gradientCheckpointing() != null);
        return new RewardModelSettings(
                optimizer.withLearningRate(Default.of(learningRate, optimizer.learningRate())),
                Default.of(epochs, paper.epochs()),
                Default.of(batchSize, paper.batchSize()),
                Default.of(maxTokens, paper.maxTokens()),
                Default.of(heldOutFraction, paper.heldOutFraction()),
                Default.of(minAccuracy, paper.minAccuracy()),
                Default.of(microBatch, paper.microBatch()));
    }

    /** Makes {@code rewardModel(...)} known to Pipeline. */
    @Extension
    @Symbol("rewardModel")
    public static final class DescriptorImpl extends Descriptor<RewardModelArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("rewardModel");
        }

        /** A number of passes. */
        @POST
        public FormValidation doCheckEpochs(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "epochs", value, new RewardModelArgument()::setEpochs);
        }

        /** A number of pairs. */
        @POST
        public FormValidation doCheckBatchSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "batchSize", value, new RewardModelArgument()::setBatchSize);
        }

        /** A learning rate. */
        @POST
        public FormValidation doCheckLearningRate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "learningRate", value, new RewardModelArgument()::setLearningRate);
        }

        /** A number of tokens. */
        @POST
        public FormValidation doCheckMaxTokens(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "maxTokens", value, new RewardModelArgument()::setMaxTokens);
        }

        /** A share. */
        @POST
        public FormValidation doCheckHeldOutFraction(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "heldOutFraction", value, new RewardModelArgument()::setHeldOutFraction);
        }

        /** An accuracy. */
        @POST
        public FormValidation doCheckMinAccuracy(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "minAccuracy", value, new RewardModelArgument()::setMinAccuracy);
        }

        /** A number of pairs. */
        @POST
        public FormValidation doCheckMicroBatch(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "microBatch", value, new RewardModelArgument()::setMicroBatch);
        }
    }
}
