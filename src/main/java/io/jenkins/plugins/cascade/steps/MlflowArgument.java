package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code mlflow(url: 'https://mlflow.example.com', credentialsId: 'mlflow', experiment: 'nightly')}: where the runs of a build go. Whatever
 * is left out comes from the global configuration; the first stage of a build decides for the whole build.
 */
public final class MlflowArgument extends AbstractDescribableImpl<MlflowArgument> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String url;
    private String credentialsId;
    private String experiment;

    /** Everything from the global configuration; everything can be set. */
    @DataBoundConstructor
    public MlflowArgument() {
        // Jenkins makes it empty and then calls the setters of the arguments that were given.
    }

    public String getUrl() {
        return url;
    }

    /** Address of the server, http or https, on a host that the administrator allows. Default: the globally configured one. */
    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Given.text(url);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /**
     * Id of a user name with password or of a secret text (a token). Default: the globally configured one, where the address is the
     * globally configured one too; otherwise none.
     */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Given.text(credentialsId);
    }

    public String getExperiment() {
        return experiment;
    }

    /** Name of the experiment. Default: the full name of the job. */
    @DataBoundSetter
    public void setExperiment(String experiment) {
        this.experiment = Given.text(experiment);
    }

    /** Makes {@code mlflow(...)} known to Pipeline. */
    @Extension
    @Symbol("mlflow")
    public static final class DescriptorImpl extends Descriptor<MlflowArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return "MLflow";
        }
    }
}
