package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the administrator sets for all cascades; {@code unclassified: cascade:} in Configuration as Code. Holds the id of a credential,
 * never a secret.
 */
@Extension
@Symbol("cascade")
public final class CascadeConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    /** Lease of a trainer on an agent, in minutes: the build may be without its controller or agent for so long. */
    public static final int DEFAULT_LEASE_MINUTES = 60;

    /** How long a stopped trainer may take to write its checkpoint, in seconds. */
    public static final int DEFAULT_GRACE_SECONDS = 120;

    private String mlflowUrl;
    private String mlflowCredentialsId;
    private String allowedHosts;
    private String stageStore;
    private int leaseMinutes = DEFAULT_LEASE_MINUTES;
    private int graceSeconds = DEFAULT_GRACE_SECONDS;

    /** The configuration of this controller. */
    public static CascadeConfiguration get() {
        return ExtensionList.lookupSingleton(CascadeConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Wording.forReader("configuration");
    }

    /** Address of the MLflow server of all builds; null for none, then builds keep their metrics in their own folder. */
    public String getMlflowUrl() {
        return mlflowUrl;
    }

    /** Sets the address; blank for none. */
    @DataBoundSetter
    public void setMlflowUrl(String mlflowUrl) {
        this.mlflowUrl = Given.text(mlflowUrl);
        save();
    }

    /** Id of a user name with password or of a secret text; null for none. */
    public String getMlflowCredentialsId() {
        return mlflowCredentialsId;
    }

    /** Sets the credential; blank for none. */
    @DataBoundSetter
    public void setMlflowCredentialsId(String mlflowCredentialsId) {
        this.mlflowCredentialsId = Given.text(mlflowCredentialsId);
        save();
    }

    /**
     * Hosts that {@code mlflow(url: ...)} of a step may name, one a line: {@code host}, {@code host:port} or {@code *.domain}; null for
     * only the host of {@link #getMlflowUrl}.
     */
    public String getAllowedHosts() {
        return allowedHosts;
    }

    /** Sets the hosts; blank for none. */
    @DataBoundSetter
    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = Given.text(allowedHosts);
        save();
    }

    /**
     * Folder on the agents that keeps stages and checkpoints, absolute or relative to the workspace; null for {@code .cascade} in the
     * workspace.
     */
    public String getStageStore() {
        return stageStore;
    }

    /** Sets the folder; blank for the default. */
    @DataBoundSetter
    public void setStageStore(String stageStore) {
        this.stageStore = Given.text(stageStore);
        save();
    }

    /** A trainer that no controller has followed for so many minutes writes a checkpoint and ends; 0 for never. */
    public Integer getLeaseMinutes() {
        return leaseMinutes;
    }

    /** Sets the lease, at least 0 minutes; nothing, as a blank field sends it, for the default. */
    @DataBoundSetter
    public void setLeaseMinutes(Integer leaseMinutes) {
        this.leaseMinutes = Default.of(Range.atLeast("leaseMinutes", 0, leaseMinutes), DEFAULT_LEASE_MINUTES);
        save();
    }

    /** How long a stopped trainer may take to write its checkpoint before it is killed, in seconds. */
    public Integer getGraceSeconds() {
        return graceSeconds;
    }

    /** Sets the grace, at least 0 seconds; nothing, as a blank field sends it, for the default. */
    @DataBoundSetter
    public void setGraceSeconds(Integer graceSeconds) {
        this.graceSeconds = Default.of(Range.atLeast("graceSeconds", 0, graceSeconds), DEFAULT_GRACE_SECONDS);
        save();
    }

    /** An address. */
    @POST
    public FormValidation doCheckMlflowUrl(@QueryParameter String value) {
        return FieldCheck.text(null, value, url -> {
            if (url != null) {
                AllowedHosts.problem(url).ifPresent(FieldCheck::refuse);
            }
        });
    }

    /** A credential that is there. */
    @POST
    public FormValidation doCheckMlflowCredentialsId(@QueryParameter String value, @QueryParameter String mlflowUrl) {
        return OfferedCredentials.check(null, mlflowUrl, value);
    }

    /** The credentials of Jenkins itself. */
    @POST
    public ListBoxModel doFillMlflowCredentialsIdItems(
            @QueryParameter String mlflowCredentialsId, @QueryParameter String mlflowUrl) {
        return OfferedCredentials.offered(null, mlflowUrl, mlflowCredentialsId);
    }

    /** Hosts, one a line. */
    @POST
    public FormValidation doCheckAllowedHosts(@QueryParameter String value) {
        return FieldCheck.text(
                null, value, lines -> AllowedHosts.malformed(lines).ifPresent(FieldCheck::refuse));
    }

    /** A number of minutes. */
    @POST
    public FormValidation doCheckLeaseMinutes(@QueryParameter String value) {
        return FieldCheck.whole(null, "leaseMinutes", value, minutes -> Range.atLeast("leaseMinutes", 0, minutes));
    }

    /** A number of seconds. */
    @POST
    public FormValidation doCheckGraceSeconds(@QueryParameter String value) {
        return FieldCheck.whole(null, "graceSeconds", value, seconds -> Range.atLeast("graceSeconds", 0, seconds));
    }
}
