package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code cascadeRlvr(domain: 'math', prompts: 'math.jsonl')}: GRPO on a domain's verifiable reward (tables 16 to 20). */
public final class CascadeRlvrStep extends PolicyStep {
    private final String domain;

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

    @Override
    RlvrSettings settings() {
        return new RlvrSettings(policy(Presets.rlvr(domain).policy()));
    }

    @Override
    List<DataRequest> files() {
        return files(DataRole.PROMPTS, getPrompts(), DataRole.REPLAY, getReplay());
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
    public static final class DescriptorImpl extends CascadeStepDescriptor {
        /** The step's name and title. */
        public DescriptorImpl() {
            super("cascadeRlvr", "Cascade RL: reinforcement learning with verifiable rewards");
        }
    }
}
