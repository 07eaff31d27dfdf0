package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
            return Wording.forReader("mlflow");
        }

        /** An address on a host that the administrator allows. */
        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, url -> {
                if (url != null) {
                    CascadeConfiguration configuration = CascadeConfiguration.get();
                    AllowedHosts.of(configuration.getAllowedHosts(), configuration.getMlflowUrl())
                            .refusal(url)
                            .ifPresent(FieldCheck::refuse);
                }
            });
        }

        /** A credential that is there. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String url) {
            return OfferedCredentials.check(item, url, value);
        }

        /** The credentials that the job may use. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String url) {
            return OfferedCredentials.offered(item, url, credentialsId);
        }
    }
}
