package io.jenkins.plugins.cascade.local.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.build.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path folder;

    @Test
    void valuesReferToEachOtherInAnyOrder() throws Exception {
        assertEquals(List.of("c-b-a"), said("C = \"c-${B}\"; B = \"b-${env.A}\"; A = 'a'", "echo \"> ${C}\""));
    }

    @Test
    void aVariableThatNamesItselfMeansTheOuterOne() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .with("GREETING", "hello")
                .run(pipeline("GREETING = \"${GREETING} world\"", "echo \"> ${env.GREETING}\""));

        assertEquals(List.of("hello world"), ended.said());
    }

    @Test
    void theInnerStageOverridesThePipeline() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        """
                        pipeline {
                            agent any
                            environment { LEVEL = 'pipeline'; KEPT = 'kept' }
                            stages {
                                stage('A') { environment { LEVEL = "stage, was ${LEVEL}" }
                                    steps { sh 'echo "> $LEVEL $KEPT"' } }
                                stage('B') { steps { sh 'echo "> $LEVEL"' } }
                            }
                        }
                        """);

        assertEquals(List.of("stage, was pipeline kept", "pipeline"), ended.said());
    }

    @Test
    void valuesMayComeFromStepsAndParameters() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .parameter("SEED", "7")
                .run(pipeline(
                        "OUT = sh(script: 'echo 42', returnStdout: true).trim(); RUN = \"run-${params.SEED}\"",
                        "echo \"> ${OUT} ${RUN}\""));

        assertEquals(List.of("42 run-7"), ended.said());
    }

    @Test
    void dollarNamesAreExpandedAsJenkinsDoes() throws Exception {
        assertEquals(List.of("a/b $NOT_SET"), said("A = 'a'; B = '$A/b $NOT_SET'", "echo \"> ${B}\""));
    }

    @Test
    void withEnvHidesAndPrepends() throws Exception {
        assertEquals(
                List.of("inner /x:/y", "outer /y"),
                said(
                        "A = 'outer'; MY_PATH = '/y'",
                        """
                        withEnv(['A=inner', 'MY_PATH+EXTRA=/x']) { sh 'echo "> $A $MY_PATH"' }
                        sh 'echo "> $A $MY_PATH"'
                        """));
    }

    @Test
    void assigningToEnvLastsButDoesNotBeatTheEnvironmentBlock() throws Exception {
        assertEquals(
                List.of("declared new", "new"),
                said(
                        "A = 'declared'",
                        """
                        script { env.A = 'assigned'; env.N = 'new' }
                        echo "> ${env.A} ${env.N}"
                        sh 'echo "> $N"'
                        """));
    }

    @Test
    void credentialsComeFromTheMachineAndAreMaskedEverywhere() throws Exception {
        LocalPipeline pipeline = new LocalPipeline(folder).with("MLFLOW_TOKEN", "s3cr3t'quoted");

        LocalPipeline.Ended ended = pipeline.run(
                pipeline(
                        "TOKEN = credentials('mlflow-token')",
                        """
                echo "> ${TOKEN}"
                sh 'test "$TOKEN" = "s3cr3t\\'quoted" && echo "> it is $TOKEN"'
                error "failed with ${TOKEN}"
                """));

        assertEquals(List.of("****", "it is ****"), ended.said());
        assertTrue(ended.shows("ERROR: failed with ****"));
        assertFalse(ended.shows("s3cr3t"));
        try (var logs = Files.list(folder)) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertFalse(Files.readString(log).contains("s3cr3t"));
            }
        }
    }

    @Test
    void credentialsWithAUserNameSetThreeVariables() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .with("HUB_USR", "ann")
                .with("HUB_PSW", "p4ssword")
                .run(
                        pipeline(
                                "HUB = credentials('hub')",
                                "sh 'test \"$HUB\" = ann:p4ssword && test \"$HUB_PSW\" = p4ssword && echo \"> $HUB_USR $HUB_PSW\"'"));

        assertEquals(List.of("ann ****"), ended.said());
    }

    @Test
    void saysWhichVariableToSetForMissingCredentials() throws Exception {
        LocalPipeline.Ended ended =
                new LocalPipeline(folder).run(pipeline("T = credentials('hub-token')", "echo '> never'"));

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of(), ended.said());
        assertTrue(ended.shows("set the variable HUB_TOKEN"));
    }

    private List<String> said(String environment, String steps) throws Exception {
        return new LocalPipeline(folder).run(pipeline(environment, steps)).said();
    }

    private static String pipeline(String environment, String steps) {
        return "pipeline {\nagent any\nenvironment { " + environment + " }\nstages { stage('A') { steps {\n" + steps
                + "\n} } }\n}\n";
    }
}
