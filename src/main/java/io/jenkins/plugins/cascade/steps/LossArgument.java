package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code policyLoss(aggregation: 'sequence', klCoefficient: 0.001)}: the loss of a policy update; section 4.1.2 where left out. */
public final class LossArgument extends AbstractDescribableImpl<LossArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String aggregation;
    private Boolean divideByStd;
    private Double klCoefficient;
    private Boolean tanhReward;

    /** The paper's loss; everything can be set. */
    @DataBoundConstructor
    public LossArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public String getAggregation() {
        return aggregation;
    }

    /** How the tokens' losses become one number: {@code token}, every token counts alike, or {@code sequence}, every rollout does. Default
     * token, the paper's; the paper has sequence with a weak reward model (table 10). */
    @DataBoundSetter
    public void setAggregation(String aggregation) {
        this.aggregation = Choice.checked("aggregation", LossAggregation.class, aggregation);
    }

    public Boolean getDivideByStd() {
        return divideByStd;
    }

    /** Whether the advantage is divided by the standard deviation of the group's rewards. Default true, the paper's. */
    @DataBoundSetter
    public void setDivideByStd(Boolean divideByStd) {
        this.divideByStd = Boolean.FALSE.equals(divideByStd) ? Boolean.FALSE : null;
    }

    public Double getKlCoefficient() {
        return klCoefficient;
    }

    /** Weight of the divergence from the stage's start model, in nats a token, at least 0; 0 computes none and keeps no second model in
     * memory. Default 0, the paper's; the paper has 0.001 with a weak reward model (table 10). */
    @DataBoundSetter
    public void setKlCoefficient(Double klCoefficient) {
        this.klCoefficient = Range.atLeast("klCoefficient", 0.0, klCoefficient);
    }

    public Boolean getTanhReward() {
        return tanhReward;
    }

    /** Whether a reward is replaced by the hyperbolic tangent of its group-normalised value before the advantage. Default false, the paper's;
     * the paper has it with a weak reward model (table 10). */
    @DataBoundSetter
    public void setTanhReward(Boolean tanhReward) {
        this.tanhReward = Boolean.TRUE.equals(tanhReward) ? Boolean.TRUE : null;
    }

    LossSettings toSettings(LossSettings paper) {
        return new LossSettings(
                Choice.of(LossAggregation.class, aggregation, paper.aggregation()),
                Default.of(divideByStd, paper.divideByStd()),
                Default.of(klCoefficient, paper.klCoefficient()),
                Default.of(tanhReward, paper.tanhReward()));
    }

    /** Makes {@code policyLoss(...)} known to Pipeline. */
    @Extension
    @Symbol("policyLoss")
    public static final class DescriptorImpl extends Descriptor<LossArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("policyLoss");
        }

        /** What it may be. */
        @POST
        public ListBoxModel doFillAggregationItems(@AncestorInPath Item item) {
            return Choices.words(item, "aggregation", LossAggregation.class);
        }

        /** A weight. */
        @POST
        public FormValidation doCheckKlCoefficient(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "klCoefficient", value, new LossArgument()::setKlCoefficient);
        }
    }
}
