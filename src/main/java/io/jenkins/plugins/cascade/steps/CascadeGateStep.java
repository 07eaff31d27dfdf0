package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.stage.GateRequest;
import io.jenkins.plugins.cascade.stage.GateStep;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code cascadeGate()}: the last checkpoint against the anchor, the build's first accepted stage; or any two models, each a stage of this
 * build, a model or a run in MLflow, or a score file.
 */
public final class CascadeGateStep extends Step implements GateStep {
    private String name;
    private Object candidate;
    private Object baseline;
    private Object baselines;
    private List<GateArgument> gates;
    private String onRegression;
    private String onInconclusive;
    private MlflowArgument mlflow;

    /** The last accepted stage against the anchor; everything can be set. */
    @DataBoundConstructor
    public CascadeGateStep() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public String getName() {
        return name;
    }

    /** The gate's name, unique in the build. Default {@code final}. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Given.text(name);
    }

    public Object getCandidate() {
        return candidate;
    }

    /**
     * What is judged: what a step returned, a stage's name, {@code models:/name@alias}, {@code runs:/id}, {@code mlflow:last-accepted}, or a
     * score file whose name ends in {@code .jsonl}. Default: the last accepted stage.
     */
    @DataBoundSetter
    public void setCandidate(Object candidate) {
        this.candidate = StageReference.checked("candidate", candidate);
    }

    public Object getBaseline() {
        return baseline;
    }

    /** What it is measured against, named as the candidate is. Default: the anchor. */
    @DataBoundSetter
    public void setBaseline(Object baseline) {
        this.baseline = StageReference.checked("baseline", baseline);
    }

    public Object getBaselines() {
        return baselines;
    }

    /**
     * What it is measured against in the place of {@code baseline}, one or a list: {@code parent}, {@code anchor}, {@code stage:NAME}, a score
     * file, {@code mlflow:...}. The worst verdict counts.
     */
    @DataBoundSetter
    public void setBaselines(Object baselines) {
        this.baselines = BaselineList.checked(baselines);
    }

    public List<GateArgument> getGates() {
        return gates;
    }

    /** What is asked of the benchmarks. Default: the candidate's gates, its targets protected. */
    @DataBoundSetter
    public void setGates(List<GateArgument> gates) {
        this.gates = gates == null ? null : new ArrayList<>(gates);
    }

    public String getOnRegression() {
        return onRegression;
    }

    /** What a shown regression or an unpaid debt does: {@code fail} (default), {@code unstable} or {@code continue}. */
    @DataBoundSetter
    public void setOnRegression(String onRegression) {
        this.onRegression = ReactionWord.checked("onRegression", onRegression);
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    /** What an undecided comparison does: {@code fail} (default), {@code unstable} or {@code continue}. */
    @DataBoundSetter
    public void setOnInconclusive(String onInconclusive) {
        this.onInconclusive = ReactionWord.checked("onInconclusive", onInconclusive);
    }

    public MlflowArgument getMlflow() {
        return mlflow;
    }

    /** Where the build's runs go and earlier ones are, {@code mlflow(...)}. Default: as the build's first stage said. */
    @DataBoundSetter
    public void setMlflow(MlflowArgument mlflow) {
        this.mlflow = mlflow;
    }

    @Override
    public GateRequest toGateRequest() {
        if (baseline != null && baselines != null) {
            throw new RefusedArgumentException("baselineTwice");
        }
        return new GateRequest(
                Default.of(name, "final"),
                StageReference.name(candidate),
                StageReference.name(baseline),
                gates == null ? null : gates.stream().map(GateArgument::toGate).toList(),
                ReactionWord.of("onRegression", onRegression),
                ReactionWord.of("onInconclusive", onInconclusive),
                BaselineList.references(baselines));
    }

    @Override
    public Object toResult(GateRecord record) {
        return new StageResult(record);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            return new GateExecution(context, toGateRequest(), mlflow);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Makes {@code cascadeGate} known to Pipeline. */
    @Extension
    @Symbol("cascadeGate")
    public static final class DescriptorImpl extends ControllerStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeGate");
        }

        /** What a regression may do. */
        @POST
        public ListBoxModel doFillOnRegressionItems(@AncestorInPath Item item) {
            return Choices.reactions(item);
        }

        /** What an undecided comparison may do. */
        @POST
        public ListBoxModel doFillOnInconclusiveItems(@AncestorInPath Item item) {
            return Choices.reactions(item);
        }
    }
}
