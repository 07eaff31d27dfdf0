package io.jenkins.plugins.cascade.local.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.FakeCascadeSteps;
import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.build.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {
    @TempDir
    private Path folder;

    @Test
    void skipsWhatFollowsAFailureAndSaysSo() throws Exception {
        LocalPipeline.Ended ended = run(
                """
                stage('A') { steps { error 'broken' } }
                stage('B') { stages { stage('C') { steps { echo '> never' } } } }
                """);

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of(), ended.said());
        assertTrue(ended.shows("Stage \"B\" skipped due to earlier failure(s)"));
        assertTrue(ended.shows("Stage \"C\" skipped due to earlier failure(s)"));
        assertTrue(ended.shows("ERROR: broken"));
    }

    @Test
    void goesOnAfterAnUnstableStage() throws Exception {
        LocalPipeline.Ended ended = run(
                """
                stage('A') { steps { unstable 'so so'; echo '> rest of A' } }
                stage('B') { steps { echo '> B' } }
                """);

        assertEquals(Result.UNSTABLE, ended.result());
        assertEquals(List.of("rest of A", "B"), ended.said());
    }

    @Test
    void neverMakesAResultBetter() throws Exception {
        LocalPipeline.Ended ended = run(
                """
                stage('A') { steps { script { currentBuild.result = 'UNSTABLE'; currentBuild.result = 'SUCCESS' } } }
                """);

        assertEquals(Result.UNSTABLE, ended.result());
    }

    @Test
    void evaluatesTheConditionInsideTheOptionsUnlessAskedOtherwise() throws Exception {
        LocalPipeline.Ended inside = run(
                """
                stage('A') { options { timeout(5) }
                    when { expression { false } }
                    steps { echo '> never' } }
                """);
        LocalPipeline.Ended before = run(
                """
                stage('A') { options { timeout(5) }
                    when { beforeOptions true; expression { false } }
                    steps { echo '> never' } }
                """);

        assertTrue(inside.shows("Timeout set to expire in 5 min 0 sec"));
        assertTrue(inside.shows("Stage \"A\" skipped due to when conditional"));
        assertFalse(before.shows("Timeout set"));
        assertTrue(before.shows("Stage \"A\" skipped due to when conditional"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expression { false } | false",
                "expression { 'false' } | true",
                "expression { [] } | false",
                "expression { return params.FLAG } | true",
                "branch 'feature/*' | true",
                "branch 'feature' | false",
                "branch '*' | false",
                "branch '**' | true",
                "branch pattern: 'feature/.+', comparator: 'REGEXP' | true",
                "branch pattern: 'feature/*', comparator: 'EQUALS' | false",
                "environment name: 'MODE', value: 'night' | true",
                "environment name: 'MODE', value: 'NIGHT' | false",
                "environment name: 'MODE', value: 'NIGHT', ignoreCase: true | true",
                "triggeredBy 'UserIdCause' | true",
                "triggeredBy 'TimerTrigger' | false",
                "changeRequest() | true",
                "changeRequest target: 'main' | true",
                "changeRequest target: 'release' | false",
                "not { triggeredBy 'TimerTrigger' } | true",
                "anyOf { branch 'x'; environment name: 'MODE', value: 'night' } | true",
                "allOf { branch 'x'; environment name: 'MODE', value: 'night' } | false",
                "environment name: 'MODE', value: 'night'; branch 'x' | false",
            })
    void runsAStageOnlyWhenItsConditionHolds(String condition, boolean runs) throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .with("BRANCH_NAME", "feature/gate")
                .with("MODE", "night")
                .with("CHANGE_ID", "7")
                .with("CHANGE_TARGET", "main")
                .parameter("FLAG", true)
                .run(pipeline("stage('A') { when { " + condition + " }\n steps { echo '> ran' } }"));

        assertEquals(runs ? List.of("ran") : List.of(), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void retriesTheStageThatItsOptionWraps() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        "def attempts = 0\n"
                                + pipeline(
                                        """
                                stage('A') { options { retry(3) }
                                    steps { script { attempts++; echo "> attempt ${attempts}"; if (attempts < 3) { error 'again' } } }
                                    post { failure { echo '> failed' }; success { echo '> succeeded' } }
                                }
                                """));

        assertEquals(List.of("attempt 1", "failed", "attempt 2", "failed", "attempt 3", "succeeded"), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void retriesTheWholePipeline() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        """
                        def attempts = 0
                        pipeline {
                            agent any
                            options { retry(2) }
                            stages { stage('A') { steps { script { attempts++; if (attempts < 2) { error 'again' }; echo "> ${attempts}" } } } }
                        }
                        """);

        assertEquals(List.of("2"), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void refusesStepsThatNeedFilesWithoutAnAgent() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        """
                        pipeline {
                            agent none
                            stages {
                                stage('A') { agent any; steps { sh 'echo "> with agent"' } }
                                stage('B') { steps { echo '> echo needs none'; sh 'true' } }
                            }
                        }
                        """);

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(ended.said().contains("with agent"));
        assertTrue(ended.said().contains("echo needs none"));
        assertTrue(ended.shows("The step \"sh\" needs an agent, but \"agent none\" was specified"));
    }

    @Test
    void runsThePostSectionOfNestedStagesAfterThem() throws Exception {
        LocalPipeline.Ended ended = run(
                """
                stage('Outer') {
                    environment { WHERE = 'outer' }
                    stages {
                        stage('First') { steps { echo "> first ${WHERE}" } }
                        stage('Second') { steps { error 'x' } }
                        stage('Third') { steps { echo '> never' } }
                    }
                    post { failure { echo "> post ${WHERE}" } }
                }
                """);

        assertEquals(List.of("first outer", "post outer"), ended.said());
        assertTrue(ended.shows("Stage \"Third\" skipped due to earlier failure(s)"));
    }

    @Test
    void givesTheScriptWhatATrainingStepReturns() throws Exception {
        FakeCascadeSteps cascade = new FakeCascadeSteps();

        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .performing(cascade)
                .run(
                        pipeline(
                                """
                        stage('Train') { steps { script {
                            def sft = train(model: "base-${1 + 1}", gates: [gate(benchmark: 'math', margin: 5)], learningRate: 2e-3)
                            if (sft.score > 0.7) { echo "> ${sft.model} is good" }
                        } } }
                        """));

        assertEquals(List.of("base-2 is good"), ended.said());
        assertEquals(0.002, cascade.asked().get(0).learningRate());
        assertEquals("math", cascade.asked().get(0).gates().get(0).benchmark());
    }

    @Test
    void namesLineStepAndArgumentWhenAnArgumentTurnsOutWrongDuringTheRun() throws Exception {
        LocalPipeline.Ended ended = run("stage('A') { steps { script {\ndef n = 0\ntrain(model: 'm', steps: n)\n} } }");

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(
                ended.shows("ERROR: Jenkinsfile:6: train: steps must be at least 1 but is 0"), ended.lines()::toString);
    }

    private LocalPipeline.Ended run(String stages) throws Exception {
        return new LocalPipeline(folder).run(pipeline(stages));
    }

    private static String pipeline(String stages) {
        return "pipeline {\nagent any\nstages {\n" + stages + "}\n}\n";
    }
}
