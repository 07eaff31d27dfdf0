package io.jenkins.plugins.cascade.local.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.build.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostOrderTest {
    private static final String ALL_CONDITIONS =
            """
            post {
                cleanup { echo '> cleanup' }
                failure { echo '> failure' }
                notBuilt { echo '> notBuilt' }
                unstable { echo '> unstable' }
                unsuccessful { echo '> unsuccessful' }
                success { echo '> success' }
                aborted { echo '> aborted' }
                regression { echo '> regression' }
                fixed { echo '> fixed' }
                changed { echo '> changed' }
                always { echo '> always' }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "echo 'ok',SUCCESS,'always,success,cleanup'",
        "echo 'ok',FAILURE,'always,changed,fixed,success,cleanup'",
        "echo 'ok',UNSTABLE,'always,changed,fixed,success,cleanup'",
        "echo 'ok',ABORTED,'always,changed,success,cleanup'",
        "error 'no',SUCCESS,'always,changed,regression,unsuccessful,failure,cleanup'",
        "error 'no',FAILURE,'always,unsuccessful,failure,cleanup'",
        "error 'no',ABORTED,'always,changed,unsuccessful,failure,cleanup'",
        "unstable 'so',SUCCESS,'always,changed,regression,unsuccessful,unstable,cleanup'",
        "unstable 'so',FAILURE,'always,changed,unsuccessful,unstable,cleanup'",
    })
    void runsEveryConditionThatHoldsInJenkinsOrder(String step, Result previous, String expected) throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .after(previous)
                .run(pipeline("stage('A') { steps { " + step + " } }\n", ALL_CONDITIONS));

        assertEquals(List.of(expected.split(",")), ended.said());
    }

    @Test
    void withoutAPreviousBuildEverythingChangedAndNothingIsFixedOrARegression() throws Exception {
        LocalPipeline.Ended ended =
                new LocalPipeline(folder).run(pipeline("stage('A') { steps { echo 'x' } }\n", ALL_CONDITIONS));

        assertEquals(List.of("always", "changed", "success", "cleanup"), ended.said());
    }

    @Test
    void runsTheConditionsOfAStageRightAfterIt() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(pipeline(
                        "stage('A') { steps { echo '> a' }\n" + ALL_CONDITIONS
                                + "}\nstage('B') { steps { echo '> b' } }\n",
                        ""));

        assertEquals(List.of("a", "always", "changed", "success", "cleanup", "b"), ended.said());
    }

    @Test
    void goesOnAfterAConditionThatFails() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        pipeline(
                                "stage('A') { steps { echo 'x' } }\n",
                                "post { always { error 'broken' }\n success { echo '> success' }\n failure { echo '> failure' }\n cleanup { echo '> cleanup' } }\n"));

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of("failure", "cleanup"), ended.said());
        assertTrue(ended.shows("Error when executing always post condition:"));
    }

    @Test
    void looksAtWarningsInsideTheStage() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(pipeline(
                        """
                        stage('A') {
                            steps { catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { error 'minor' } }
                            post { unstable { echo '> stage is unstable' } }
                        }
                        """,
                        "post { success { echo '> build succeeds' } }\n"));

        assertEquals(List.of("stage is unstable", "build succeeds"), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void showsTheResultThatTheBuildWouldHaveAndRestoresItAfterwards() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(pipeline(
                        """
                        stage('A') {
                            steps { catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { error 'minor' } }
                            post { always { echo "> ${currentBuild.result}" } }
                        }
                        stage('B') { steps { echo "> ${currentBuild.result} ${currentBuild.currentResult}" } }
                        """,
                        ""));

        assertEquals(List.of("UNSTABLE", "null SUCCESS"), ended.said());
    }

    @Test
    void keepsAResultThatAPostConditionSets() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(pipeline(
                        "stage('A') { steps { echo 'x' } }\n",
                        "post { always { script { currentBuild.result = 'UNSTABLE' } } }\n"));

        assertEquals(Result.UNSTABLE, ended.result());
    }

    @Test
    void runsThePostSectionAlsoWhenTheFailureCameBeforeTheStages() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        """
                        pipeline {
                            agent any
                            environment { TOKEN = credentials('missing') }
                            stages { stage('A') { steps { echo '> never' } } }
                            post { failure { echo '> failure' } }
                        }
                        """);

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of("failure"), ended.said());
        assertTrue(ended.shows("Could not find credentials entry with ID 'missing'"));
    }

    private static String pipeline(String stages, String post) {
        return "pipeline {\nagent any\nstages {\n" + stages + "}\n" + post + "}\n";
    }
}
