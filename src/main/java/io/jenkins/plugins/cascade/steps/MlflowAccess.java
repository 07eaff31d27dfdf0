package io.jenkins.plugins.cascade.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.cascade.track.MlflowCredentials;
import io.jenkins.plugins.cascade.track.MlflowTls;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The way to a build's MLflow server: address, credentials, and how its secret looks in a text. Lives in memory only.
 *
 * @param environment where runs go
 * @param secrets matches the secret in all its usual encodings; null where there is none
 */
record MlflowAccess(TrackingEnvironment environment, Pattern secrets) {

    /** Without a server: everything stays in the build's journal. */
    static MlflowAccess none() {
        return new MlflowAccess(TrackingEnvironment.none(), null);
    }

    /**
     * Resolves the credential as the build sees it, and notes its use.
     *
     * @param allowed the servers that may be spoken to; the address is checked before anything else
     * @throws AbortException with one sentence when the server is not allowed or the credential is not there
     */
    static MlflowAccess of(MlflowTarget target, AllowedHosts allowed, Run<?, ?> run) throws AbortException {
        if (target.url() == null) {
            return new MlflowAccess(environment(target, MlflowCredentials.none()), null);
        }
        Optional<RefusedArgumentException> refusal = allowed.refusal(target.url());
        if (refusal.isPresent()) {
            throw new AbortException(refusal.get().getMessage());
        }
        return target.credentialsId() == null
                ? new MlflowAccess(environment(target, MlflowCredentials.none()), null)
                : withCredential(target, run);
    }

    /** MLflow's variables for another process, secrets included; empty without a server. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        environment.trackingUri().ifPresent(uri -> {
            variables.put("MLFLOW_TRACKING_URI", uri);
            variables.putAll(environment.credentials().variables());
        });
        return variables;
    }

    /** The text with every secret in it replaced. */
    String masked(String text) {
        return secrets == null ? text : secrets.matcher(text).replaceAll("****");
    }

    private static MlflowAccess withCredential(MlflowTarget target, Run<?, ?> run) throws AbortException {
        List<DomainRequirement> server =
                URIRequirementBuilder.fromUri(target.url()).build();
        StandardCredentials credential =
                CredentialsProvider.findCredentialById(target.credentialsId(), StandardCredentials.class, run, server);
        CredentialsProvider.track(run, credential);
        if (credential instanceof StringCredentials token) {
            String secret = token.getSecret().getPlainText();
            return access(target, MlflowCredentials.bearer(secret), secret);
        }
        if (credential instanceof StandardUsernamePasswordCredentials user) {
            String password = user.getPassword().getPlainText();
            return access(target, MlflowCredentials.basic(user.getUsername(), password), password);
        }
        throw new AbortException(
                "The credential '" + target.credentialsId() + "' for MLflow is missing or of the wrong kind: it must be"
                        + " a user name with password or a secret text that this job may use");
    }

    private static MlflowAccess access(MlflowTarget target, MlflowCredentials credentials, String secret) {
        Pattern pattern = SecretPatterns.getAggregateSecretPattern(List.of(secret));
        return new MlflowAccess(
                environment(target, credentials), pattern.pattern().isEmpty() ? null : pattern);
    }

    /** An authority of one's own is that of the controller's environment, because connections are made from there. */
    private static TrackingEnvironment environment(MlflowTarget target, MlflowCredentials credentials) {
        return new TrackingEnvironment(
                Optional.ofNullable(target.url()),
                Optional.ofNullable(target.experiment()),
                Optional.empty(),
                Optional.empty(),
                credentials,
                MlflowTls.from(System.getenv()));
    }
}
