package io.jenkins.plugins.cascade.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.recipe.Precision;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The forms of the steps that are stages: the fields of {@link StageStep}. */
public abstract class StageStepDescriptor extends CascadeStepDescriptor {
    StageStepDescriptor(String functionName) {
        super(functionName);
    }

    /** A step of the kind with its required arguments, for its setters to be asked. */
    abstract StageStep sample();

    /** A name that a stage may have. */
    @POST
    public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
        StageStep step = sample();
        return FieldCheck.text(item, value, name -> {
            step.setName(name);
            step.toRequest();
        });
    }

    /** A whole number. */
    @POST
    public FormValidation doCheckSeed(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.checked(item, value, text -> FieldCheck.longNumber("seed", text), sample()::setSeed);
    }

    /** A number of threads. */
    @POST
    public FormValidation doCheckThreads(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.whole(item, "threads", value, sample()::setThreads);
    }

    /** What the layers may compute in. */
    @POST
    public ListBoxModel doFillPrecisionItems(@AncestorInPath Item item) {
        return Choices.words(item, "precision", Precision.class);
    }

    /** A device. */
    @POST
    public FormValidation doCheckDevice(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.text(item, value, sample()::setDevice);
    }
}
