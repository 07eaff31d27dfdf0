package io.jenkins.plugins.cascade.steps;

import java.io.Serializable;

/**
 * Where the runs of a build go. Holds the id of a credential, never a secret.
 *
 * @param url address of the server; null for none, then everything stays in the build's journal
 * @param credentialsId id of a credential; null for none
 * @param experiment name of the experiment; null for the job's full name
 */
record MlflowTarget(String url, String credentialsId, String experiment) implements Serializable {

    /**
     * What a step asks for, completed by what the administrator set. The configured credential goes to the configured server only.
     *
     * @param given the step's {@code mlflow(...)}; null for none
     */
    static MlflowTarget of(MlflowArgument given, String configuredUrl, String configuredCredentialsId) {
        String url = given == null ? null : given.getUrl();
        String credentialsId = given == null ? null : given.getCredentialsId();
        String experiment = given == null ? null : given.getExperiment();
        boolean configured = url == null || url.equals(configuredUrl);
        return new MlflowTarget(
                Default.of(url, configuredUrl),
                credentialsId == null && configured ? configuredCredentialsId : credentialsId,
                experiment);
    }
}
