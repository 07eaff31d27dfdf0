package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The tags that MLflow's pages show beside a run: who ran what, from which commit ("System tags" in MLflow's tracking
 * documentation).
 */
public final class RunTags {
    /** Tag with the id of the run in the journal; a run is looked for by it before one is made. */
    public static final String RUN = "cascade.run";

    /** Tag with MLflow's id of the run above a nested one; set by the tracker. */
    public static final String PARENT = "mlflow.parentRunId";

    /** Tag with a text in Markdown on the run's page: the place for a link to the build. */
    public static final String NOTE = "mlflow.note.content";

    /** Tag with the commit of the sources. */
    public static final String COMMIT = "mlflow.source.git.commit";

    private static final int GIT_SECONDS = 5;

    private RunTags() {}

    /**
     * The tags of a run that comes from a source file.
     *
     * @param environment the process's environment; Jenkins' {@code GIT_COMMIT} and {@code GIT_BRANCH} win over what
     *     {@code git} says in {@code folder}, and {@code LOGNAME} or {@code USER} over the JVM's user name
     * @param folder the working copy; without git in it the two git tags are absent
     * @param sourceName what ran, such as the path of the Jenkinsfile or the name of the job
     */
    public static Map<String, String> of(Map<String, String> environment, Path folder, String sourceName) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.source.name", sourceName);
        tags.put("mlflow.source.type", "JOB");
        tags.put("mlflow.user", user(environment));
        variable(environment, "GIT_COMMIT")
                .or(() -> git(folder, "rev-parse", "HEAD"))
                .ifPresent(commit -> tags.put(COMMIT, commit));
        variable(environment, "GIT_BRANCH")
                .or(() -> git(folder, "symbolic-ref", "--short", "HEAD"))
                .ifPresent(branch -> tags.put("mlflow.source.git.branch", branch));
        return Map.copyOf(tags);
    }

    private static String user(Map<String, String> environment) {
        return variable(environment, "LOGNAME")
                .or(() -> variable(environment, "USER"))
                .orElseGet(() -> System.getProperty("user.name", "unknown"));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static Optional<String> git(Path folder, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            byte[] output = process.getInputStream().readNBytes(1024);
            String text = new String(output, StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (IOException withoutGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
