package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code promptFilter(kind: 'epoch', readmitUnsolved: 0.1)}: dynamic filtering of prompts (sections 4.4.2 and 4.5.2). */
public final class FilterArgument extends AbstractDescribableImpl<FilterArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String kind;
    private Integer maxRefills;
    private Double readmitUnsolved;
    private Double readmitSolved;

    /** The domain's filter; everything can be set. */
    @DataBoundConstructor
    public FilterArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public String getKind() {
        return kind;
    }

    /** Which prompts are passed over: {@code none}; {@code batch}, groups whose rewards do not differ are replaced within the step;
     * {@code epoch}, prompts that were always or never solved are left out of the next epoch. Default the paper's: batch for
     * instructions, epoch for mathematics, otherwise none. */
    @DataBoundSetter
    public void setKind(String kind) {
        this.kind = Choice.checked("kind", PromptFilter.class, kind);
    }

    public Integer getMaxRefills() {
        return maxRefills;
    }

    /** By batch: how often dropped groups are replaced in one step, at least 1; the step then trains on the groups it has. Default 10,
     * which is ours. */
    @DataBoundSetter
    public void setMaxRefills(Integer maxRefills) {
        this.maxRefills = Range.atLeast("maxRefills", 1, maxRefills);
    }

    public Double getReadmitUnsolved() {
        return readmitUnsolved;
    }

    /** By epoch: probability that a prompt nobody solved is asked again, 0 to 1. Default 0.1, the paper's. */
    @DataBoundSetter
    public void setReadmitUnsolved(Double readmitUnsolved) {
        this.readmitUnsolved = Range.between("readmitUnsolved", 0, 1, readmitUnsolved);
    }

    public Double getReadmitSolved() {
        return readmitSolved;
    }

    /** By epoch: probability that a prompt everybody solved is asked again, 0 to 1. Default 0.01, the paper's. */
    @DataBoundSetter
    public void setReadmitSolved(Double readmitSolved) {
        this.readmitSolved = Range.between("readmitSolved", 0, 1, readmitSolved);
    }

    FilterSettings toSettings(FilterSettings otherwise) {
        return new FilterSettings(
                Choice.of(PromptFilter.class, kind, otherwise.kind()),
                Default.of(maxRefills, otherwise.maxRefills()),
                Default.of(readmitUnsolved, otherwise.readmitUnsolved()),
                Default.of(readmitSolved, otherwise.readmitSolved()));
    }

    /** Makes {@code promptFilter(...)} known to Pipeline. */
    @Extension
    @Symbol("promptFilter")
    public static final class DescriptorImpl extends Descriptor<FilterArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("promptFilter");
        }

        /** What it may be. */
        @POST
        public ListBoxModel doFillKindItems(@AncestorInPath Item item) {
            return Choices.words(item, "filter", PromptFilter.class);
        }

        /** A number of refills. */
        @POST
        public FormValidation doCheckMaxRefills(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "maxRefills", value, new FilterArgument()::setMaxRefills);
        }

        /** A probability. */
        @POST
        public FormValidation doCheckReadmitUnsolved(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "readmitUnsolved", value, new FilterArgument()::setReadmitUnsolved);
        }

        /** A probability. */
        @POST
        public FormValidation doCheckReadmitSolved(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "readmitSolved", value, new FilterArgument()::setReadmitSolved);
        }
    }
}
