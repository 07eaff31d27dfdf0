package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    private Boolean packing;
    private List<SftPhaseArgument> phases;

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

    public Boolean getPacking() {
        return packing;
    }

    /**
     * Whether conversations are laid end to end, each attending to itself alone, in place of padded batches: the same result up to rounding in
     * less time. Default false.
     */
    @DataBoundSetter
    public void setPacking(Boolean packing) {
        this.packing = Boolean.TRUE.equals(packing) ? Boolean.TRUE : null;
    }

    public List<SftPhaseArgument> getPhases() {
        return phases == null ? null : new ArrayList<>(phases);
    }

    /** Phases after the first with data and lengths of their own, {@code [sftPhase(...)]}. Default: none; the paper has one, of 32768 tokens. */
    @DataBoundSetter
    public void setPhases(List<SftPhaseArgument> phases) {
        this.phases = phases == null ? null : new ArrayList<>(phases);
    }

    private List<SftPhaseArgument> laterPhases() {
        return Default.of(phases, List.<SftPhaseArgument>of());
    }

    @Override
    SftSettings settings() {
        SftSettings paper = Presets.sft(paperModel());
        OptimizerSettings optimizer = optimizer(paper.optimizer());
        return new SftSettings(
                optimizer,
                Default.of(getSteps(), paper.steps()),
                Default.of(batchSize, paper.batchSize()),
                Default.of(maxTokens, paper.maxTokens()),
                Default.of(getMicroBatch(), paper.microBatch()),
                Default.of(getCheckpointEvery(), paper.checkpointEvery()),
                Default.of(packing, paper.packing()),
                laterPhases().stream()
                        .map(phase -> phase.toSettings(paperModel(), optimizer))
                        .toList(),
                Default.of(getKeepCheckpoints(), paper.keepCheckpoints()),
                numerics());
    }

    @Override
    List<DataRequest> files() {
        return Stream.concat(
                        Paths.files(DataRole.SFT, data).stream(),
                        laterPhases().stream().flatMap(phase -> phase.files().stream()))
                .toList();
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
