package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.Reaction;
import io.jenkins.plugins.cascade.stage.StageRequest;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code cascadeEvaluate(model: 'base', benchmarks: [benchmark(...)])}: evaluates a model and trains nothing. It compares with nothing, so
 * it has no gates; as the build's first stage it is what the next stage starts from and is compared with, and the anchor of
 * {@code cascadeGate}.
 */
public final class CascadeEvaluateStep extends StageStep {
    private final String model;
    private final List<BenchmarkArgument> benchmarks;

    /**
     * An evaluation.
     *
     * @param model folder of the model, in Hugging Face's layout, or a model in MLflow: {@code models:/name@alias}, {@code models:/name/3},
     *     {@code runs:/id} or {@code mlflow:last-accepted}
     * @param benchmarks what it is evaluated on, at least one; later stages inherit them
     */
    @DataBoundConstructor
    public CascadeEvaluateStep(String model, List<BenchmarkArgument> benchmarks) {
        super(StageKind.EVALUATE);
        this.model = Range.notBlank("model", model);
        if (benchmarks == null || benchmarks.isEmpty()) {
            throw new RefusedArgumentException("noBenchmarks");
        }
        this.benchmarks = new ArrayList<>(benchmarks);
    }

    public String getModel() {
        return model;
    }

    public List<BenchmarkArgument> getBenchmarks() {
        return List.copyOf(benchmarks);
    }

    @Override
    public StageRequest toRequest() {
        return new StageRequest(
                kind(),
                effectiveName(),
                null,
                model,
                null,
                List.of(),
                new EvaluateSettings(NumericSettings.of(effectivePrecision())),
                requests(benchmarks),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                effectiveSeed(),
                effectiveReuse(),
                effectiveThreads(),
                effectiveDevice());
    }

    /** Makes {@code cascadeEvaluate} known to Pipeline. */
    @Extension
    @Symbol("cascadeEvaluate")
    public static final class DescriptorImpl extends StageStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeEvaluate");
        }

        @Override
        CascadeEvaluateStep sample() {
            return new CascadeEvaluateStep("model", List.of(new BenchmarkArgument("name", "data")));
        }

        /** A folder, not empty. */
        @POST
        public FormValidation doCheckModel(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, model -> new CascadeEvaluateStep(model, sample().getBenchmarks()));
        }
    }
}
