package io.jenkins.plugins.cascade.local.build;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One run of a Jenkinsfile.
 *
 * @param number counts the builds of a workspace, from 1
 * @param jobName the name of the project
 * @param folder where the build keeps its log and what it publishes
 * @param startMillis when it began, milliseconds since the epoch
 * @param parameters typed as declared: String or Boolean
 * @param environment of the machine and of the build, before anything the Jenkinsfile sets
 * @param previous the previous completed build of the workspace
 * @param state what changes
 * @param log where output goes
 * @param secrets masked in all output
 * @param timers ends what takes too long
 * @param input who answers when a step waits for a person
 */
public record LocalBuild(
        int number,
        String jobName,
        Path folder,
        long startMillis,
        Map<String, Object> parameters,
        Map<String, String> environment,
        Optional<BuildRecord> previous,
        BuildState state,
        BuildLog log,
        Secrets secrets,
        ScheduledExecutorService timers,
        InputAnswer input) {
    public LocalBuild {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
