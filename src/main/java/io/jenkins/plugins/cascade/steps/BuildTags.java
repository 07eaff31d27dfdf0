package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.track.RunTags;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tags that MLflow's pages show beside the runs of a build. */
final class BuildTags {
    private BuildTags() {}

    /**
     * The tags.
     *
     * @param environment the step's environment, with what Jenkins and the checkout set in it
     * @param job full name of the job
     * @param build number of the build
     */
    static Map<String, String> of(Map<String, String> environment, String job, int build) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.source.name", job);
        tags.put("mlflow.source.type", "JOB");
        put(tags, "mlflow.source.git.commit", environment.get("GIT_COMMIT"));
        put(tags, "mlflow.source.git.branch", environment.get("GIT_BRANCH"));
        put(tags, "mlflow.user", environment.get("BUILD_USER_ID"));
        String page = environment.get("BUILD_URL");
        if (page != null) {
            tags.put(RunTags.NOTE, "Jenkins: [" + job + " #" + build + "](" + page + ")");
        }
        return tags;
    }

    private static void put(Map<String, String> tags, String tag, String value) {
        if (value != null && !value.isBlank()) {
            tags.put(tag, value);
        }
    }
}
