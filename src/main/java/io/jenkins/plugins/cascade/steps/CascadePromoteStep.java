package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.stage.PromoteRequest;
import io.jenkins.plugins.cascade.stage.PromoteStep;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code cascadePromote('assistant')}: the last accepted checkpoint becomes a version of a registered model in MLflow, and the alias
 * {@code champion} points to it. Without a gate that accepted it, it needs a reason.
 */
public final class CascadePromoteStep extends Step implements PromoteStep {
    private static final String MODEL = "[^/:@'\"`\\\\\\p{Cntrl}]{1,250}";
    private static final String ALIAS = "(?![vV]\\d+$)(?!(?i:latest)$)[A-Za-z0-9_-]{1,255}";

    private final String model;
    private Object stage;
    private String alias;
    private String reason;
    private MlflowArgument mlflow;

    /**
     * A promotion.
     *
     * @param model name of the registered model; it is made where there is none
     */
    @DataBoundConstructor
    public CascadePromoteStep(String model) {
        this.model = Range.notBlank("model", model).strip();
        if (!this.model.matches(MODEL)) {
            throw new RefusedArgumentException("modelName", model);
        }
    }

    public String getModel() {
        return model;
    }

    public Object getStage() {
        return stage;
    }

    /** The stage whose checkpoint is promoted: what its step returned, or its name. Default: the last accepted one. */
    @DataBoundSetter
    public void setStage(Object stage) {
        this.stage = StageReference.checked("stage", stage);
    }

    public String getAlias() {
        return alias;
    }

    /** The name that points to the version from then on. Default {@code champion}. */
    @DataBoundSetter
    public void setAlias(String alias) {
        String given = Given.text(alias);
        if (given != null && !given.matches(ALIAS)) {
            throw new RefusedArgumentException("alias", alias);
        }
        this.alias = PromoteRequest.CHAMPION.equals(given) ? null : given;
    }

    public String getReason() {
        return reason;
    }

    /** Why it is promoted although no gate accepted it, or a trade-off is open; written down. Default: it is refused then. */
    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Given.text(reason);
    }

    public MlflowArgument getMlflow() {
        return mlflow;
    }

    /** Where the build's runs go, {@code mlflow(...)}. Default: as the build's first stage said. */
    @DataBoundSetter
    public void setMlflow(MlflowArgument mlflow) {
        this.mlflow = mlflow;
    }

    @Override
    public PromoteRequest toPromoteRequest() {
        return new PromoteRequest(
                model, StageReference.name(stage), Default.of(alias, PromoteRequest.CHAMPION), reason);
    }

    @Override
    public Object toResult(PromotionRecord record) {
        return new PromotionResult(record);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            return new PromoteExecution(context, toPromoteRequest(), mlflow);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Makes {@code cascadePromote} known to Pipeline. */
    @Extension
    @Symbol("cascadePromote")
    public static final class DescriptorImpl extends ControllerStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadePromote");
        }

        /** A name that MLflow's registry takes. */
        @POST
        public FormValidation doCheckModel(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, CascadePromoteStep::new);
        }

        /** A name that MLflow takes for an alias. */
        @POST
        public FormValidation doCheckAlias(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, new CascadePromoteStep("model")::setAlias);
        }
    }
}
