package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code cascadeSft(model: 'base', data: 'sft.jsonl')}: supervised fine-tuning (section 3.1, table 14). */
public final class CascadeSftStep extends TrainingStep {
    private final Object data;
    private Integer batchSize;
    private Integer maxTokens;

    /**
     * Supervised fine-tuning.
     *
     * @param data a file of conversations, JSON lines {@code {"messages":[{"role","content"}]}}, or a list of files
     */
    @DataBoundConstructor
    public CascadeSftStep(Object data) {
        super(StageKind.SFT);
        this.data = Paths.checked("data", data);
    }

    public Object getData() {
        return data;
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

    /** Longest conversation, in tokens; a longer one is refused before training starts. Default 16384. */
    @DataBoundSetter
    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = Range.atLeast("maxTokens", 2, maxTokens);
    }

    @Override
    SftSettings settings() {
        SftSettings paper = Presets.sft();
        return new SftSettings(
                optimizer(paper.optimizer()),
                Default.of(getSteps(), paper.steps()),
                Default.of(batchSize, paper.batchSize()),
                Default.of(maxTokens, paper.maxTokens()),
                Default.of(getMicroBatch(), paper.microBatch()),
                Default.of(getCheckpointEvery(), paper.checkpointEvery()));
    }

    @Override
    List<DataRequest> files() {
        return Paths.files(DataRole.SFT, data);
    }

    /** Makes {@code cascadeSft} known to Pipeline. */
    @Extension
    @Symbol("cascadeSft")
    public static final class DescriptorImpl extends TrainingStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeSft");
        }

        @Override
        CascadeSftStep sample() {
            return new CascadeSftStep("data");
        }

        /** Paths, one a line. */
        @POST
        public FormValidation doCheckData(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, paths -> Paths.checked("data", paths));
        }

        /** A number of conversations. */
        @POST
        public FormValidation doCheckBatchSize(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "batchSize", value, sample()::setBatchSize);
        }

        /** A number of tokens. */
        @POST
        public FormValidation doCheckMaxTokens(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "maxTokens", value, sample()::setMaxTokens);
        }
    }
}
