package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code cascadeRlvr(domain: 'math', prompts: 'math.jsonl')}: GRPO on a domain's verifiable reward (tables 16 to 20). */
public final class CascadeRlvrStep extends PolicyStep {
    private final String domain;
    private RewardModelArgument rewardModel;

    /**
     * Reinforcement learning with verifiable rewards.
     *
     * @param domain {@code instruction-following}, {@code math}, {@code code} or {@code swe} for the paper's settings, or a name of yours
     * @param prompts a file of prompts, JSON lines {@code {"prompt","verifier":{"type",...}}}, or a list of files
     */
    @DataBoundConstructor
    public CascadeRlvrStep(String domain, Object prompts) {
        super(StageKind.RLVR, prompts);
        this.domain = Range.notBlank("domain", domain);
    }

    public String getDomain() {
        return domain;
    }

    public RewardModelArgument getRewardModel() {
        return rewardModel;
    }

    /**
     * A finished reward model, {@code rewardModel(model: 'folder')}: where the verifier is satisfied, the logistic function of its score,
     * normalised within the group, is added to the reward. Default none; the paper has one for the instructions of thinking models.
     */
    @DataBoundSetter
    public void setRewardModel(RewardModelArgument rewardModel) {
        if (rewardModel != null && rewardModel.getModel() == null) {
            throw new RefusedArgumentException("noRewardModel");
        }
        this.rewardModel = rewardModel;
    }

    @Override
    RlvrSettings settings() {
        return new RlvrSettings(policy(Presets.rlvr(paperModel(), domain).policy()), numerics());
    }

    @Override
    List<DataRequest> files() {
        List<DataRequest> files = Paths.files(DataRole.PROMPTS, getPrompts(), DataRole.REPLAY, getReplay());
        return rewardModel == null
                ? files
                : Stream.concat(files.stream(), rewardModel.files().stream()).toList();
    }

    @Override
    String domain() {
        return domain;
    }

    @Override
    String defaultName() {
        return domain;
    }

    /** Makes {@code cascadeRlvr} known to Pipeline. */
    @Extension
    @Symbol("cascadeRlvr")
    public static final class DescriptorImpl extends PolicyStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeRlvr");
        }

        @Override
        CascadeRlvrStep sample() {
            return new CascadeRlvrStep("math", "prompts");
        }

        /** A domain, not empty. */
        @POST
        public FormValidation doCheckDomain(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, domain -> new CascadeRlvrStep(domain, "prompts"));
        }

        /** The domains that the paper has settings for. */
        @POST
        public ComboBoxModel doFillDomainItems(@AncestorInPath Item item) {
            return Choices.domains(item);
        }
    }
}
