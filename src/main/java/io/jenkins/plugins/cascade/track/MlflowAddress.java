package io.jenkins.plugins.cascade.track;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a tracking server is. Holds no user and no password, so that it can be printed.
 *
 * @param base {@code http(s)://host[:port][/path]} without a slash at its end
 */
record MlflowAddress(URI base) {

    /**
     * Reads a tracking URI; a user and a password in it are left out.
     *
     * @throws IllegalArgumentException if it is not an http or https address; the message does not repeat it where it
     *     might hold a password
     */
    static MlflowAddress parse(String trackingUri) {
        URI uri = uri(trackingUri);
        String scheme = (uri.getScheme() == null ? "" : uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "MLFLOW_TRACKING_URI must be the http or https address of an MLflow server, but it "
                            + (scheme.isEmpty() ? "has no http:// in front." : "is of the kind \"" + scheme + "\"."));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "MLFLOW_TRACKING_URI has no host name that Java accepts: letters, digits,"
                            + " dots and hyphens, no underscore.");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return new MlflowAddress(URI.create(scheme + "://" + uri.getHost() + port + path));
    }

    /** The user and the password in a tracking URI, or the given credentials where it has none. */
    static MlflowCredentials credentials(String trackingUri, MlflowCredentials otherwise) {
        String userInfo = uri(trackingUri).getUserInfo();
        if (userInfo == null || !userInfo.contains(":")) {
            return otherwise;
        }
        int colon = userInfo.indexOf(':');
        return MlflowCredentials.basic(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    private static URI uri(String trackingUri) {
        try {
            return new URI(trackingUri.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("MLFLOW_TRACKING_URI is not a valid address: " + e.getReason() + ".");
        }
    }

    /** Address of an API call, such as {@code runs/get}. */
    URI api(String call, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(base + "/api/2.0/mlflow/" + call + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /**
     * Address of a file in the server's store of artifacts.
     *
     * @param place its path, encoded already
     */
    URI artifact(String place) {
        return URI.create(base + "/api/2.0/mlflow-artifacts/artifacts/" + place);
    }

    /** Page of a run, for people: without the work flow MLflow shows it among the evaluations of prompts. */
    String runPage(String experimentId, String runId) {
        return base + "/#/experiments/" + encoded(experimentId) + "/runs/" + encoded(runId)
                + "?workflowType=machine_learning";
    }

    /** Chart of an experiment's runs, for people: the bare address opens MLflow's page for traces instead. */
    String chartPage(String experimentId) {
        return base + "/#/experiments/" + encoded(experimentId)
                + "/runs?workflowType=machine_learning&compareRunsMode=CHART";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
