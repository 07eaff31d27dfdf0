package io.jenkins.plugins.cascade.track;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are to the MLflow server: nobody, a user with a password (RFC 7617), or the bearer of a token (RFC 6750). Its
 * text form never holds the secret.
 */
public final class MlflowCredentials {
    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final MlflowCredentials NONE = new MlflowCredentials(null, "no credentials", Map.of());

    private final String authorization;
    private final String description;
    private final Map<String, String> variables;

    private MlflowCredentials(String authorization, String description, Map<String, String> variables) {
        this.authorization = authorization;
        this.description = description;
        this.variables = variables;
    }

    /** No authentication. */
    public static MlflowCredentials none() {
        return NONE;
    }

    /** A user and a password, sent as basic authentication in UTF-8. */
    public static MlflowCredentials basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new MlflowCredentials(
                "Basic " + Base64.getEncoder().encodeToString(pair),
                "basic authentication",
                Map.of(USER, user, PASSWORD, password));
    }

    /** A token, sent as bearer authentication. */
    public static MlflowCredentials bearer(String token) {
        return new MlflowCredentials("Bearer " + token.strip(), "a bearer token", Map.of(TOKEN, token.strip()));
    }

    /**
     * Reads {@code MLFLOW_TRACKING_USERNAME} with {@code MLFLOW_TRACKING_PASSWORD}, else {@code MLFLOW_TRACKING_TOKEN}:
     * the order of MLflow's Python client.
     */
    public static MlflowCredentials from(Map<String, String> variables) {
        String user = variables.getOrDefault(USER, "");
        String password = variables.getOrDefault(PASSWORD, "");
        if (!user.isEmpty() && !password.isEmpty()) {
            return basic(user, password);
        }
        String token = variables.getOrDefault(TOKEN, "");
        return token.isBlank() ? NONE : bearer(token);
    }

    /** The variables by which another process of ours gets them from its environment; they hold the secret. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Value of the {@code Authorization} header. */
    Optional<String> authorization() {
        return Optional.ofNullable(authorization);
    }

    /** The kind of credentials, never their value. */
    @Override
    public String toString() {
        return description;
    }
}
