package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.LoraSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code lora(rank: 16, alpha: 32)}: a low-rank adapter is trained beside the frozen weights. The paper trains all weights. */
public final class LoraArgument extends AbstractDescribableImpl<LoraArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private Integer rank;
    private Double alpha;
    private ArrayList<String> targets;
    private Double dropout;
    private Boolean merge;

    /** Rank 16, alpha 32, all projections; everything can be set. */
    @DataBoundConstructor
    public LoraArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public Integer getRank() {
        return rank;
    }

    /** Rank of the adapter's matrices, at least 1. Default 16. */
    @DataBoundSetter
    public void setRank(Integer rank) {
        this.rank = Range.atLeast("rank", 1, rank);
    }

    public Double getAlpha() {
        return alpha;
    }

    /** The adapter's product is scaled by {@code alpha / rank}; above 0. Default 32. */
    @DataBoundSetter
    public void setAlpha(Double alpha) {
        this.alpha = Range.above("alpha", 0, alpha);
    }

    public Object getTargets() {
        return targets == null ? null : new ArrayList<>(targets);
    }

    /**
     * The projections of every layer that get an adapter: a list, or a text with blanks or commas between the names, of {@code q_proj k_proj
     * v_proj o_proj gate_proj up_proj down_proj}. Default: all of them.
     */
    @DataBoundSetter
    public void setTargets(Object targets) {
        this.targets = checked(targets);
    }

    private static ArrayList<String> checked(Object value) {
        if (value == null || value instanceof CharSequence text && Given.text(text.toString()) == null) {
            return null;
        }
        List<?> entries = value instanceof List<?> list
                ? list
                : Arrays.asList(String.valueOf(value).strip().split("[,\\s]+"));
        ArrayList<String> names = new ArrayList<>();
        for (Object entry : entries) {
            String name = String.valueOf(entry);
            if (!LoraSettings.ALL_LINEAR.contains(name)) {
                String all = "'" + String.join("', '", LoraSettings.ALL_LINEAR) + "'";
                throw new RefusedArgumentException("choice", "targets", all, name);
            }
            names.add(name);
        }
        return names;
    }

    public Double getDropout() {
        return dropout;
    }

    /** Share of the adapter's inputs that a training pass leaves out, 0 to 0.99. Default 0. */
    @DataBoundSetter
    public void setDropout(Double dropout) {
        this.dropout = Range.between("dropout", 0, 0.99, dropout);
    }

    public Boolean getMerge() {
        return merge;
    }

    /**
     * Whether the stage's checkpoint is a whole model, the adapter added to its weights, with the adapter beside it; otherwise the adapter
     * alone, which names the folder of its base model. Default true.
     */
    @DataBoundSetter
    public void setMerge(Boolean merge) {
        this.merge = Boolean.FALSE.equals(merge) ? Boolean.FALSE : null;
    }

    LoraSettings toSettings() {
        LoraSettings otherwise = LoraSettings.DEFAULT;
        return new LoraSettings(
                Default.of(rank, otherwise.rank()),
                Default.of(alpha, otherwise.alpha()),
                targets == null || targets.isEmpty() ? otherwise.targets() : targets,
                Default.of(dropout, otherwise.dropout()),
                merge);
    }

    /** Makes {@code lora(...)} known to Pipeline. */
    @Extension
    @Symbol("lora")
    public static final class DescriptorImpl extends Descriptor<LoraArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("lora");
        }

        /** The targets as a form shows them; called by the view. */
        public String names(Object targets) {
            return targets == null ? "" : String.valueOf(targets).replaceAll("[\\[\\],]", "");
        }

        /** A rank. */
        @POST
        public FormValidation doCheckRank(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "rank", value, new LoraArgument()::setRank);
        }

        /** A number. */
        @POST
        public FormValidation doCheckAlpha(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "alpha", value, new LoraArgument()::setAlpha);
        }

        /** Names of projections. */
        @POST
        public FormValidation doCheckTargets(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, new LoraArgument()::setTargets);
        }

        /** A share. */
        @POST
        public FormValidation doCheckDropout(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "dropout", value, new LoraArgument()::setDropout);
        }
    }
}
