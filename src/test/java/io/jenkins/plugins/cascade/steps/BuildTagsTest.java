package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What MLflow shows of the build that a run comes from. */
class BuildTagsTest {
    @Test
    void takesWhatJenkinsAndTheCheckoutSet() {
        Map<String, String> environment = Map.of(
                "GIT_COMMIT", "0123abc",
                "GIT_BRANCH", "origin/main",
                "BUILD_URL", "https://ci.example.com/job/nightly/7/",
                "MLFLOW_TRACKING_TOKEN", "secret");
        assertEquals(
                Map.of(
                        "mlflow.source.name", "team/nightly",
                        "mlflow.source.type", "JOB",
                        "mlflow.source.git.commit", "0123abc",
                        "mlflow.source.git.branch", "origin/main",
                        "mlflow.note.content", "Jenkins: [team/nightly #7](https://ci.example.com/job/nightly/7/)"),
                BuildTags.of(environment, "team/nightly", 7));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertEquals(
                Map.of("mlflow.source.name", "job", "mlflow.source.type", "JOB"), BuildTags.of(Map.of(), "job", 1));
    }
}
