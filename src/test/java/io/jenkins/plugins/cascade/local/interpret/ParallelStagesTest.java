package io.jenkins.plugins.cascade.local.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.binding.SampleStep;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.step.StopRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ParallelStagesTest {
    @TempDir
    private Path folder;

    @Test
    void runsBranchesAtTheSameTime() throws Exception {
        CyclicBarrier bothAreHere = new CyclicBarrier(2);

        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .performing((step, context) -> bothAreHere.await(30, TimeUnit.SECONDS))
                .run(
                        parallel(
                                """
                        stage('P') { steps { train 'p' } }
                        stage('Q') { steps { train 'q' } }
                        """));

        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void letsAScriptShareVariablesBetweenBranches() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run("def counts = [:]\ndef total = 0\n"
                        + parallel(
                                """
                                stage('P') { steps { script { for (i in 1..200) { total++ }; counts.p = 'p' } } }
                                stage('Q') { steps { script { for (i in 1..200) { total++ }; counts.q = 'q' } } }
                                """,
                                "post { always { echo \"> ${total} ${counts.p}${counts.q}\" } }"));

        assertEquals(List.of("400 pq"), ended.said());
    }

    @Test
    void letsTheOtherBranchesFinishAfterAFailure() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);

        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .performing((step, context) -> {
                    if (((SampleStep) step).model().equals("p has failed")) {
                        failed.countDown();
                        return null;
                    }
                    return failed.await(30, TimeUnit.SECONDS);
                })
                .run(
                        parallel(
                                """
                        stage('P') { steps { error 'P is broken' }
                            post { always { train 'p has failed' } } }
                        stage('Q') { steps { train 'q'; echo 'Q goes on' } }
                        """));

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(ended.shows("[Q] Q goes on"));
        assertTrue(ended.shows("ERROR: P is broken"));
    }

    @Test
    void failFastStopsTheOtherBranches() throws Exception {
        CountDownLatch training = new CountDownLatch(1);
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .performing((step, context) -> {
                    if (((SampleStep) step).model().equals("wait for q")) {
                        return training.await(30, TimeUnit.SECONDS);
                    }
                    CountDownLatch stopped = new CountDownLatch(1);
                    StopRequest.to(context).whenMade(stopped::countDown);
                    training.countDown();
                    assertTrue(stopped.await(30, TimeUnit.SECONDS));
                    throw new IllegalStateException("stopped at a checkpoint");
                })
                .run(
                        """
                        pipeline { agent any; stages { stage('Both') {
                            failFast true
                            parallel {
                                stage('P') { steps { train 'wait for q'; error 'P is broken' } }
                                stage('Q') { steps { train 'q'; echo 'never' }
                                    post { aborted { echo 'Q was aborted' } } }
                            }
                            post { failure { echo '> both failed' } }
                        } } }
                        """);

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of("both failed"), ended.said());
        assertTrue(ended.shows("ERROR: P is broken"));
        assertTrue(ended.shows("[Q] Q was aborted"));
        assertFalse(ended.shows("never"));
    }

    @Test
    void theWorstFailureCounts() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .performing((step, context) -> Map.of())
                .run(
                        parallel(
                                """
                        stage('P') { steps { error 'broken' } }
                        stage('Q') { options { timeout(time: 100, unit: 'MILLISECONDS') }
                            steps { sh 'sleep 30' } }
                        """));

        assertEquals(Result.ABORTED, ended.result());
    }

    @Test
    void namesTheBranchInEveryLine() throws Exception {
        LocalPipeline.Ended ended =
                new LocalPipeline(folder).run(parallel("stage('P') { steps { sh 'printf \"one\\ntwo\"' } }\n"));

        assertTrue(ended.lines().contains("[P] one"), ended.lines()::toString);
        assertTrue(ended.lines().contains("[P] two"), ended.lines()::toString);
    }

    private static String parallel(String stages) {
        return parallel(stages, "");
    }

    private static String parallel(String stages, String post) {
        return "pipeline {\nagent any\nstages { stage('Both') { parallel {\n" + stages + "}\n" + post + "\n} }\n}\n";
    }
}
