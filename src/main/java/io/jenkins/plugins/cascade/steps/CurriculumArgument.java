package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code lengthCurriculum(maxTokens: [32768, 40960], clipRatio: 0.1)}: longer answers as the training goes on (section 4.5.2). */
public final class CurriculumArgument extends AbstractDescribableImpl<CurriculumArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private List<Integer> maxTokens;
    private Double clipRatio;
    private Integer minSteps;
    private Integer maxSteps;
    private Integer filteredLengths;
    private List<Double> temperatures;

    /** The step's own curriculum; everything can be set. */
    @DataBoundConstructor
    public CurriculumArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public Object getMaxTokens() {
        return maxTokens == null ? null : new ArrayList<>(maxTokens);
    }

    /**
     * The longest rollouts that follow the step's {@code maxTokens}, in tokens, growing: a list of numbers, or a text of numbers; an empty list
     * for one length throughout. Default, while the step's {@code maxTokens} is not given, the paper's: 32768 and 40960 after 24576 for
     * mathematics, 49152 after 45056 for code; otherwise none.
     */
    @DataBoundSetter
    public void setMaxTokens(Object maxTokens) {
        this.maxTokens = Lengths.checked("maxTokens", maxTokens);
    }

    public Double getClipRatio() {
        return clipRatio;
    }

    /** Share of truncated rollouts, over the last ten steps, at which a length is left, 0 to 1. Default 0.1, the paper's. */
    @DataBoundSetter
    public void setClipRatio(Double clipRatio) {
        this.clipRatio = Range.between("clipRatio", 0, 1, clipRatio);
    }

    public Integer getMinSteps() {
        return minSteps;
    }

    /** Least steps at a length. Default 100, the paper's least. */
    @DataBoundSetter
    public void setMinSteps(Integer minSteps) {
        this.minSteps = Range.atLeast("minSteps", 1, minSteps);
    }

    public Integer getMaxSteps() {
        return maxSteps;
    }

    /** Most steps at a length, 0 for no bound; the same as {@code minSteps} lets the steps alone decide. Default 200, the paper's most. */
    @DataBoundSetter
    public void setMaxSteps(Integer maxSteps) {
        this.maxSteps = Range.atLeast("maxSteps", 0, maxSteps);
    }

    public Integer getFilteredLengths() {
        return filteredLengths;
    }

    /** At how many of the lengths, the first one counted, {@code overlongFiltering} holds. Default 1, the paper's. */
    @DataBoundSetter
    public void setFilteredLengths(Integer filteredLengths) {
        this.filteredLengths = Range.atLeast("filteredLengths", 0, filteredLengths);
    }

    public Object getTemperatures() {
        return temperatures == null ? null : new ArrayList<>(temperatures);
    }

    /**
     * Temperature of the rollouts at each of these lengths, above 0: a list of numbers, or a text of numbers. Default, while neither
     * lengths nor a temperature are given, the paper's (table 17: 1 and 0.8 after 1); otherwise the step's throughout.
     */
    @DataBoundSetter
    public void setTemperatures(Object temperatures) {
        this.temperatures = Lengths.temperatures("temperatures", temperatures);
    }

    /** With what was given; lengths of one's own leave nothing of the domain's curriculum. */
    CurriculumSettings toSettings(CurriculumSettings domain) {
        CurriculumSettings otherwise = maxTokens == null ? domain : CurriculumSettings.NONE;
        return new CurriculumSettings(
                Default.of(maxTokens, otherwise.lengths()),
                Default.of(clipRatio, otherwise.clipRatio()),
                Default.of(minSteps, otherwise.minSteps()),
                Default.of(maxSteps, otherwise.maxSteps()),
                Default.of(filteredLengths, otherwise.filteredLengths()),
                Default.of(temperatures, otherwise.temperatures()));
    }

    /** Makes {@code lengthCurriculum(...)} known to Pipeline. */
    @Extension
    @Symbol("lengthCurriculum")
    public static final class DescriptorImpl extends Descriptor<CurriculumArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("lengthCurriculum");
        }

        /** The numbers as a form shows them; called by the view. */
        public String numbers(Object lengths) {
            return lengths == null ? "" : String.valueOf(lengths).replaceAll("[\\[\\]]", "");
        }

        /** Numbers of tokens. */
        @POST
        public FormValidation doCheckMaxTokens(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, new CurriculumArgument()::setMaxTokens);
        }

        /** Temperatures. */
        @POST
        public FormValidation doCheckTemperatures(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, new CurriculumArgument()::setTemperatures);
        }

        /** A share. */
        @POST
        public FormValidation doCheckClipRatio(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "clipRatio", value, new CurriculumArgument()::setClipRatio);
        }

        /** A number of steps. */
        @POST
        public FormValidation doCheckMinSteps(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "minSteps", value, new CurriculumArgument()::setMinSteps);
        }

        /** A number of steps. */
        @POST
        public FormValidation doCheckMaxSteps(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "maxSteps", value, new CurriculumArgument()::setMaxSteps);
        }

        /** A number of lengths. */
        @POST
        public FormValidation doCheckFilteredLengths(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "filteredLengths", value, new CurriculumArgument()::setFilteredLengths);
        }
    }
}
