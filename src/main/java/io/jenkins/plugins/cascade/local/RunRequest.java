package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.InputAnswer;
import java.nio.file.Path;
import java.util.Map;

/**
 * What to run.
 *
 * @param jenkinsfile the file
 * @param parameters build parameters as the user gave them
 * @param workspace the folder that keeps the builds
 * @param resume true to go on after a build that was stopped
 * @param mlflow true to start an MLflow server
 * @param input who answers when a step waits for a person
 */
record RunRequest(
        Path jenkinsfile,
        Map<String, String> parameters,
        Path workspace,
        boolean resume,
        boolean mlflow,
        InputAnswer input) {
    RunRequest {
        parameters = Map.copyOf(parameters);
    }
}
