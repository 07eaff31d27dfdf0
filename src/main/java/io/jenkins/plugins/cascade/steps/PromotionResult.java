package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.report.PromotionRecord;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code cascadePromote} returns: texts that a Jenkinsfile may look at under the sandbox. */
public final class PromotionResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String version;
    private final String alias;
    private final String stage;
    private final String before;
    private final String reason;

    PromotionResult(PromotionRecord record) {
        model = record.model();
        version = record.version();
        alias = record.alias();
        stage = record.stage();
        before = record.before();
        reason = record.reason();
    }

    /** Name of the registered model. */
    @Whitelisted
    public String getModel() {
        return model;
    }

    /** Number of the version, from 1. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** The name that points to the version. */
    @Whitelisted
    public String getAlias() {
        return alias;
    }

    /** Name of the stage whose checkpoint it is. */
    @Whitelisted
    public String getStage() {
        return stage;
    }

    /** The version that the alias pointed to before; null for none. */
    @Whitelisted
    public String getBefore() {
        return before;
    }

    /** Why it was promoted although no gate had accepted it; null where one had. */
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** The version's address as MLflow's clients write it, {@code models:/name/version}. */
    @Whitelisted
    public String getUri() {
        return "models:/" + model + "/" + version;
    }

    /** Address and alias. */
    @Override
    @Whitelisted
    public String toString() {
        return getUri() + " (" + alias + ")";
    }
}
