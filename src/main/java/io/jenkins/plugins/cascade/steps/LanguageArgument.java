package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code languageSwitch(rule: 'fixed', reward: -1)}: what a rollout gets that leaves the prompt's script (sections 4.3 to 4.6). */
public final class LanguageArgument extends AbstractDescribableImpl<LanguageArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String rule;
    private Double reward;

    /** The domain's penalty; everything can be set. */
    @DataBoundConstructor
    public LanguageArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public String getRule() {
        return rule;
    }

    /** {@code off}; {@code fixed}, the reward is {@code reward}; {@code below-minimum}, it is the least reward of the step plus
     * {@code reward}. Default the paper's: below-minimum for RLHF, fixed for mathematics and code, otherwise off. */
    @DataBoundSetter
    public void setRule(String rule) {
        this.rule = Choice.checked("rule", LanguageRule.class, rule);
    }

    public Double getReward() {
        return reward;
    }

    /** The reward, or what is added to the least one. Default the paper's: -10 for RLHF, -1 for mathematics, 0 for code; 0 for another rule. */
    @DataBoundSetter
    public void setReward(Double reward) {
        this.reward = reward;
    }

    /** With what was given; another rule leaves nothing of the domain's reward. */
    LanguageSettings toSettings(LanguageSettings domain) {
        LanguageRule effective = Choice.of(LanguageRule.class, rule, domain.rule());
        double otherwise = effective == domain.rule() ? domain.value() : 0;
        return new LanguageSettings(effective, Default.of(reward, otherwise));
    }

    /** Makes {@code languageSwitch(...)} known to Pipeline. */
    @Extension
    @Symbol("languageSwitch")
    public static final class DescriptorImpl extends Descriptor<LanguageArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("languageSwitch");
        }

        /** What it may be. */
        @POST
        public ListBoxModel doFillRuleItems(@AncestorInPath Item item) {
            return Choices.words(item, "languageRule", LanguageRule.class);
        }

        /** A reward. */
        @POST
        public FormValidation doCheckReward(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "reward", value, new LanguageArgument()::setReward);
        }
    }
}
