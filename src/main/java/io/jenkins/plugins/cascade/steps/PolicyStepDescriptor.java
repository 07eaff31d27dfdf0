package io.jenkins.plugins.cascade.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The forms of the steps that train on rollouts: the fields of {@link PolicyStep}. */
public abstract class PolicyStepDescriptor extends TrainingStepDescriptor {
    PolicyStepDescriptor(String functionName) {
        super(functionName);
    }

    @Override
    abstract PolicyStep sample();

    /** Paths of prompts, one a line. */
    @POST
    public FormValidation doCheckPrompts(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.text(item, value, paths -> Paths.checked("prompts", paths));
    }

    /** The share of replayed prompts, which needs files of them. */
    @POST
    public FormValidation doCheckReplayFraction(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String replay) {
        PolicyStep step = sample();
        return FieldCheck.decimal(item, "replayFraction", value, fraction -> {
            step.setReplayFraction(fraction);
            step.setReplay(replay);
            step.toRequest();
        });
    }

    /** A number of prompts. */
    @POST
    public FormValidation doCheckPromptsPerStep(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "promptsPerStep", value, sample()::setPromptsPerStep);
    }

    /** A number of rollouts. */
    @POST
    public FormValidation doCheckGroupSize(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "groupSize", value, sample()::setGroupSize);
    }

    /** A temperature above 0. */
    @POST
    public FormValidation doCheckTemperature(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "temperature", value, sample()::setTemperature);
    }

    /** A nucleus. */
    @POST
    public FormValidation doCheckTopP(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "topP", value, sample()::setTopP);
    }

    /** A number of tokens. */
    @POST
    public FormValidation doCheckTopK(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "topK", value, sample()::setTopK);
    }

    /** A number of tokens. */
    @POST
    public FormValidation doCheckMaxTokens(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "maxTokens", value, sample()::setMaxTokens);
    }

    /** A standard deviation. */
    @POST
    public FormValidation doCheckMinStd(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "minStd", value, sample()::setMinStd);
    }

    /** A share. */
    @POST
    public FormValidation doCheckErrorBudget(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "errorBudget", value, sample()::setErrorBudget);
    }

    /** A temperature above 0. */
    @POST
    public FormValidation doCheckFinalTemperature(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "finalTemperature", value, sample()::setFinalTemperature);
    }

    /** A nucleus. */
    @POST
    public FormValidation doCheckFinalTopP(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.decimal(item, "finalTopP", value, sample()::setFinalTopP);
    }

    /** The modes that prompts may be asked in. */
    @POST
    public ListBoxModel doFillModesItems(@AncestorInPath Item item) {
        return Choices.words(item, "modes", ModeMix.class);
    }
}
