package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.stage.BenchmarkRequest;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code benchmark(name: 'math', data: 'math-test.jsonl', samples: 4)}: what is evaluated at the end of a stage. */
public final class BenchmarkArgument extends AbstractDescribableImpl<BenchmarkArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String data;
    private Integer samples;
    private Double temperature;
    private Double topP;
    private Integer topK;
    private Integer maxTokens;

    /**
     * A benchmark.
     *
     * @param name short name, unique in the stage
     * @param data path of its items, JSON lines {@code {"id","prompt","verifier"}}
     */
    @DataBoundConstructor
    public BenchmarkArgument(String name, String data) {
        this.name = Range.notBlank("name of a benchmark", name);
        this.data = Range.notBlank("data of the benchmark '" + name + "'", data);
    }

    public String getName() {
        return name;
    }

    public String getData() {
        return data;
    }

    public Integer getSamples() {
        return samples;
    }

    /** Answers an item, at least 1. Default 1; the paper takes 8 for most benchmarks and 64 for AIME. */
    @DataBoundSetter
    public void setSamples(Integer samples) {
        this.samples = Range.atLeast("samples", 1, samples);
    }

    public Double getTemperature() {
        return temperature;
    }

    /** Softmax temperature, 0 for greedy answers. Default 0.6 (appendix B). */
    @DataBoundSetter
    public void setTemperature(Double temperature) {
        this.temperature = Range.atLeast("temperature", 0.0, temperature);
    }

    public Double getTopP() {
        return topP;
    }

    /** Nucleus, above 0 up to 1. Default 0.95 (appendix B). */
    @DataBoundSetter
    public void setTopP(Double topP) {
        this.topP = Range.above("topP", 0, Range.between("topP", 0, 1, topP));
    }

    public Integer getTopK() {
        return topK;
    }

    /** The K likeliest tokens, 0 for all. Default 0. */
    @DataBoundSetter
    public void setTopK(Integer topK) {
        this.topK = Range.atLeast("topK", 0, topK);
    }

    public Integer getMaxTokens() {
        return maxTokens;
    }

    /** Longest answer, in tokens. Default 65536 (appendix B). */
    @DataBoundSetter
    public void setMaxTokens(Integer maxTokens) {
        this.maxTokens = Range.atLeast("maxTokens", 1, maxTokens);
    }

    BenchmarkRequest toRequest() {
        SamplingSettings paper = Presets.evaluation();
        SamplingSettings sampling = new SamplingSettings(
                Default.of(temperature, paper.temperature()),
                Default.of(topP, paper.topP()),
                Default.of(topK, paper.topK()),
                Default.of(maxTokens, paper.maxTokens()));
        return new BenchmarkRequest(name, data, Default.of(samples, 1), sampling);
    }

    /** Makes {@code benchmark(...)} known to Pipeline. */
    @Extension
    @Symbol("benchmark")
    public static final class DescriptorImpl extends Descriptor<BenchmarkArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("benchmark");
        }

        private static BenchmarkArgument sample() {
            return new BenchmarkArgument("name", "data");
        }

        /** A name, not empty. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, name -> new BenchmarkArgument(name, "data"));
        }

        /** A path, not empty. */
        @POST
        public FormValidation doCheckData(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String name) {
            String named = Default.of(Given.text(name), "name");
            return FieldCheck.text(item, value, data -> new BenchmarkArgument(named, data));
        }

        /** A number of answers. */
        @POST
        public FormValidation doCheckSamples(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.whole(item, "samples", value, sample()::setSamples);
        }

        /** A temperature. */
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
    }
}
