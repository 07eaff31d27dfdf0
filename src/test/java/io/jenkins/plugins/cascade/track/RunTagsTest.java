package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTagsTest {
    @TempDir
    Path folder;

    private String git(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    @Test
    void nameTheCommitTheBranchAndTheUser() throws Exception {
        git("init", "--initial-branch=nightly");
        git("commit", "--allow-empty", "--message=first");
        assertEquals(
                Map.of(
                        "mlflow.source.name", "Jenkinsfile",
                        "mlflow.source.type", "JOB",
                        "mlflow.user", "ann",
                        "mlflow.source.git.branch", "nightly",
                        "mlflow.source.git.commit", git("rev-parse", "HEAD")),
                RunTags.of(Map.of("LOGNAME", "ann"), folder, "Jenkinsfile"));
    }

    @Test
    void takeWhatJenkinsSays() {
        Map<String, String> tags =
                RunTags.of(Map.of("GIT_COMMIT", "abc", "GIT_BRANCH", "origin/main", "USER", "jenkins"), folder, "job");
        assertEquals("abc", tags.get("mlflow.source.git.commit"));
        assertEquals("origin/main", tags.get("mlflow.source.git.branch"));
        assertEquals("jenkins", tags.get("mlflow.user"));
    }

    @Test
    void doWithoutGit() {
        Map<String, String> tags = RunTags.of(Map.of("GIT_DIR", "none"), folder.resolve("absent"), "job");
        assertFalse(tags.containsKey("mlflow.source.git.commit"));
    }
}
