package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.PaperModel;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sftPhase(data: 'long.jsonl', maxTokens: 32768)}: a later phase of fine-tuning; table 14's second stage where left out. */
public final class SftPhaseArgument extends AbstractDescribableImpl<SftPhaseArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Object data;
    private Integer steps;
    private Integer batchSize;
    private Integer maxTokens;
    private Double learningRate;
    private Integer warmupSteps;

    /**
     * A phase, with a fresh optimizer; what is not named here is the step's.
     *
     * @param data a file of conversations, JSON lines {@code {"messages":[{"role","content"}]}}, or a list of files
     */
    @DataBoundConstructor
    public SftPhaseArgument(Object data) {
        this.data = Paths.checked("data of sftPhase", data);
    }

    public Object getData() {
        return data;
    }

    public Integer getSteps() {
        return steps;
    }

    /** Optimizer steps. Default 32000. */
    @DataBoundSetter
    public void setSteps(Integer steps) {
        this.steps = Range.atLeast("steps", 1, steps);
    }

    public Integer getBatchSize() {
        return batchSize;
    }

    /** Conversations a step. Default 256. */
    @DataBoundSetter
    public void setBatchSize(Integer batchSize) {
        this.batchSize = Range.atLeast("batchSize", 1, batchSize);
    }

    public Integer getMaxTokens() {
        return maxTokens;
    }

    /** Longest conversation, in tokens. Default 32768. */
    @DataBoundSetter
    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = Range.atLeast("maxTokens", 2, maxTokens);
    }

    public Double getLearningRate() {
        return learningRate;
    }

    /** Maximum learning rate. Default 2e-5. */
    @DataBoundSetter
    public void setLearningRate(Double learningRate) {
        this.learningRate = Range.above("learningRate", 0, learningRate);
    }

    public Integer getWarmupSteps() {
        return warmupSteps;
    }

    /** Steps of linear warm-up from 0. Default: as many as the first phase has. */
    @DataBoundSetter
    public void setWarmupSteps(Integer warmupSteps) {
        this.warmupSteps = Range.atLeast("warmupSteps", 0, warmupSteps);
    }

    List<DataRequest> files() {
        return Paths.files(DataRole.SFT, data);
    }

    SftPhaseSettings toSettings(PaperModel model, OptimizerSettings first) {
        SftPhaseSettings paper = Presets.sftSecondPhase(model, first);
        OptimizerSettings optimizer = first.withLearningRate(
                        Default.of(learningRate, paper.optimizer().learningRate()))
                .withSchedule(
                        first.schedule(), first.finalLearningRateRatio(), Default.of(warmupSteps, first.warmupSteps()));
        return new SftPhaseSettings(
                files().size(),
                optimizer,
                Default.of(steps, paper.steps()),
                Default.of(batchSize, paper.batchSize()),
                Default.of(maxTokens, paper.maxTokens()));
    }

    /** Makes {@code sftPhase(...)} known to Pipeline. */
    @Extension
    @Symbol("sftPhase")
    public static final class DescriptorImpl extends Descriptor<SftPhaseArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("sftPhase");
        }

        private static SftPhaseArgument sample() {
            return new SftPhaseArgument("data");
        }

        /** A path or a list of paths as a form shows it, one path a line; called by the view. */
        public String lines(Object paths) {
            return Paths.lines(paths);
        }

        /** Paths, one a line. */
        @POST
        public FormValidation doCheckData(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, SftPhaseArgument::new);
        }

        /** A number. */
        @POST
        public FormValidation doCheckSteps(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "steps", value, sample()::setSteps);
        }

        /** A number. */
        @POST
        public FormValidation doCheckBatchSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "batchSize", value, sample()::setBatchSize);
        }

        /** A number. */
        @POST
        public FormValidation doCheckMaxTokens(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "maxTokens", value, sample()::setMaxTokens);
        }

        /** A learning rate. */
        @POST
        public FormValidation doCheckLearningRate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "learningRate", value, sample()::setLearningRate);
        }

        /** A number. */
        @POST
        public FormValidation doCheckWarmupSteps(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "warmupSteps", value, sample()::setWarmupSteps);
        }
    }
}
