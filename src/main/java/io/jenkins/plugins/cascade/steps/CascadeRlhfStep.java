package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
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

/** {@code cascadeRlhf(preferences: 'pairs.jsonl', prompts: 'chat.jsonl')}: a reward model, then GRPO on its score (table 15). */
public final class CascadeRlhfStep extends PolicyStep {
    private final Object preferences;
    private RewardModelArgument rewardModel;

    /**
     * RLHF.
     *
     * @param preferences a file of pairs, JSON lines {@code {"prompt","chosen","rejected"}}, or a list of files; may be left out where
     *     {@code rewardModel(model: ...)} is given, and measures its accuracy otherwise
     * @param prompts a file of prompts, JSON lines {@code {"prompt"}}, or a list of files
     */
    @DataBoundConstructor
    public CascadeRlhfStep(Object preferences, Object prompts) {
        super(StageKind.RLHF, prompts);
        this.preferences = Paths.optional("preferences", preferences);
    }

    public Object getPreferences() {
        return preferences;
    }

    public RewardModelArgument getRewardModel() {
        return rewardModel;
    }

    /** How the reward model is trained, {@code rewardModel(...)}. Default: the paper's, section 4.2. */
    @DataBoundSetter
    public void setRewardModel(RewardModelArgument rewardModel) {
        this.rewardModel = rewardModel;
    }

    @Override
    RlhfSettings settings() {
        RewardModelArgument model = rewardModel == null ? new RewardModelArgument() : rewardModel;
        GrpoSettings policy = policy(Presets.rlhf(paperModel()).policy());
        return new RlhfSettings(model.toSettings(policy.optimizer()), policy, numerics());
    }

    @Override
    List<DataRequest> files() {
        List<DataRequest> given = rewardModel == null ? List.of() : rewardModel.files();
        if (preferences == null && given.isEmpty()) {
            throw new RefusedArgumentException("noPreferences");
        }
        return Stream.of(
                        Paths.files(DataRole.PREFERENCES, preferences),
                        Paths.files(DataRole.PROMPTS, getPrompts(), DataRole.REPLAY, getReplay()),
                        given)
                .flatMap(List::stream)
                .toList();
    }

    /** Makes {@code cascadeRlhf} known to Pipeline. */
    @Extension
    @Symbol("cascadeRlhf")
    public static final class DescriptorImpl extends PolicyStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeRlhf");
        }

        @Override
        CascadeRlhfStep sample() {
            return new CascadeRlhfStep("preferences", "prompts");
        }

        /** Paths, one a line. */
        @POST
        public FormValidation doCheckPreferences(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, paths -> Paths.optional("preferences", paths));
        }
    }
}
