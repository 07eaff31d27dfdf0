package io.jenkins.plugins.cascade.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.build.InputAnswer;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunTest {
    private static final String PARAMETERS =
            """
            parameters {
                string(name: 'SEED', defaultValue: '1')
                booleanParam(name: 'SABOTAGE', defaultValue: false)
                choice(name: 'SIZE', choices: ['small', 'large'])
            }
            """;

    @TempDir
    private Path folder;

    private Path jenkinsfile;
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @BeforeEach
    void chooseTheFile() {
        jenkinsfile = folder.resolve("Jenkinsfile");
    }

    @Test
    void keepsLogAndRecordOfEveryBuild() throws Exception {
        write("echo 'hello'");

        assertEquals(Result.SUCCESS, run(Map.of(), false));
        assertEquals(Result.SUCCESS, run(Map.of(), false));

        assertTrue(Files.readString(folder.resolve("work/builds/1/log")).contains("hello"));
        assertTrue(Files.readString(folder.resolve("work/builds/2/log")).endsWith("Finished: SUCCESS\n"));
        assertTrue(Files.readString(folder.resolve("work/builds/2/build.json")).contains("\"result\" : \"SUCCESS\""));
    }

    @Test
    void comparesWithThePreviousBuildOfTheWorkspace() throws Exception {
        Files.writeString(
                jenkinsfile,
                "pipeline {\nagent any\n" + PARAMETERS
                        + "stages { stage('A') { steps { script { if (params.SABOTAGE) { error 'sabotage' } } } } }\n"
                        + "post { regression { echo 'it is a regression' }\n fixed { echo 'it is fixed' } }\n}\n");

        run(Map.of(), false);
        assertEquals(Result.FAILURE, run(Map.of("SABOTAGE", "true"), false));
        run(Map.of(), false);

        assertFalse(log(1).contains("it is a regression"));
        assertTrue(log(2).contains("it is a regression"));
        assertTrue(log(3).contains("it is fixed"));
    }

    @Test
    void setsWhatJenkinsSetsForABuild() throws Exception {
        write("sh 'echo \"$BUILD_NUMBER $SEED $SABOTAGE $SIZE $BRANCH_NAME\"; pwd'");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/topic/x\n");

        run(Map.of("SEED", "9", "SIZE", "large"), false);

        String branch = System.getenv().getOrDefault("BRANCH_NAME", "topic/x");
        assertTrue(log(1).contains("1 9 false large " + branch), log(1));
        assertTrue(log(1).contains(folder.toRealPath() + "\n"), log(1));
    }

    @Test
    void runsInTheRootOfTheCheckout() throws Exception {
        Files.createDirectories(folder.resolve(".git"));
        Files.createDirectories(folder.resolve("examples/gpu"));
        jenkinsfile = folder.resolve("examples/gpu/Jenkinsfile");
        write("sh 'pwd'");

        run(Map.of(), false);

        assertTrue(log(1).contains("\n" + folder.toRealPath() + "\n"), log(1));
    }

    @Test
    void resumesWithTheParametersOfTheLastBuild() throws Exception {
        write("echo \"seed ${params.SEED} sabotage ${params.SABOTAGE}\"");

        run(Map.of("SEED", "9", "SABOTAGE", "true"), false);
        run(Map.of("SABOTAGE", "false"), true);
        run(Map.of(), false);

        assertTrue(log(2).contains("seed 9 sabotage false"));
        assertTrue(log(3).contains("seed 1 sabotage false"));
    }

    @Test
    void refusesParametersThatTheJenkinsfileDoesNotHave() throws IOException {
        write("echo 'never'");

        assertEquals("The Jenkinsfile has no parameter \"SEEED\", did you mean \"SEED\"?", refusal("SEEED", "1"));
        assertEquals("The parameter \"SABOTAGE\" is true or false, not \"yes\"", refusal("SABOTAGE", "yes"));
        assertEquals("The parameter \"SIZE\" is one of [small, large], not \"huge\"", refusal("SIZE", "huge"));
        assertFalse(Files.exists(folder.resolve("work/builds/1")));
    }

    @Test
    void runsNothingWhenTheJenkinsfileIsWrong() throws IOException {
        write("echo 'never'\necko 'x'");

        JenkinsfileException thrown = assertThrows(JenkinsfileException.class, () -> run(Map.of(), false));

        assertTrue(thrown.getMessage().contains("No such step \"ecko\", did you mean \"echo\"?"));
        assertFalse(Files.exists(folder.resolve("work")));
    }

    private void write(String steps) throws IOException {
        Files.writeString(
                jenkinsfile,
                "pipeline {\nagent any\n" + PARAMETERS + "stages { stage('A') { steps {\n" + steps + "\n} } }\n}\n");
    }

    private Result run(Map<String, String> parameters, boolean resume) throws Exception {
        RunRequest request =
                new RunRequest(jenkinsfile, parameters, folder.resolve("work"), resume, false, InputAnswer.ASK);
        return new LocalRun(
                        request,
                        (workspace, asked) -> new FakeCascadeSteps(),
                        new PrintStream(terminal, true, StandardCharsets.UTF_8),
                        false)
                .run();
    }

    private String refusal(String name, String value) {
        return assertThrows(ParametersException.class, () -> run(Map.of(name, value), false))
                .getMessage();
    }

    private String log(int number) throws IOException {
        return Files.readString(folder.resolve("work/builds/" + number + "/log"));
    }
}
