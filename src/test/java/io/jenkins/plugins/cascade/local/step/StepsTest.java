package io.jenkins.plugins.cascade.local.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.build.InputAnswer;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StepsTest {
    @TempDir
    private Path folder;

    @Test
    void shReturnsWhatItIsAskedFor() throws Exception {
        assertEquals(
                List.of("out 4"),
                said("def out = sh(script: 'echo out; echo err >&2', returnStdout: true).trim()\n"
                        + "def status = sh(script: 'exit 4', returnStatus: true)\necho \"> ${out} ${status}\""));
    }

    @Test
    void shStopsAtTheFirstFailingCommand() throws Exception {
        LocalPipeline.Ended ended = run("sh 'false; echo \"> never\"'");

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of(), ended.said());
        assertTrue(ended.shows("ERROR: script returned exit code 1"));
    }

    @Test
    void shRunsTheInterpreterThatTheScriptNames() throws Exception {
        assertEquals(List.of("14"), said("sh '''#!/usr/bin/env python3\nprint(\">\", 2 * 7)\n'''"));
    }

    @Test
    void shDoesNotWaitForWhatItLeftInTheBackground() throws Exception {
        assertEquals(List.of("done"), said("sh 'sleep 60 & echo \"> done\"'"));
    }

    @Test
    void dirMakesTheDirectoryAndGoesBackAfterwards() throws Exception {
        said("dir('a/b') { sh 'touch here' }\nsh 'touch there'");

        assertTrue(Files.exists(folder.resolve("a/b/here")));
        assertTrue(Files.exists(folder.resolve("there")));
    }

    @Test
    void catchErrorMarksTheBuildAndGoesOn() throws Exception {
        LocalPipeline.Ended ended = run(
                "catchError(message: 'tolerated', buildResult: 'UNSTABLE', stageResult: 'FAILURE') { error 'boom' }\necho '> after'");

        assertEquals(Result.UNSTABLE, ended.result());
        assertEquals(List.of("after"), ended.said());
        assertTrue(ended.shows("tolerated"));
        assertTrue(ended.shows("ERROR: boom"));
    }

    @Test
    void catchErrorFailsTheBuildByDefault() throws Exception {
        assertEquals(Result.FAILURE, run("catchError { error 'boom' }").result());
        assertEquals(
                Result.SUCCESS,
                run("catchError(buildResult: null) { error 'boom' }").result());
    }

    @Test
    void retryTriesAgainAfterAFailureAndAfterATimeout() throws Exception {
        LocalPipeline.Ended ended = run(
                """
                def n = 0
                retry(3) {
                    n++
                    timeout(time: n == 1 ? 100 : 20000, unit: 'MILLISECONDS') { if (n == 1) { sh 'sleep 30' } }
                    if (n == 2) { error 'again' }
                }
                echo "> ${n}"
                """);

        assertEquals(List.of("3"), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void timeoutAbortsAndPostConditionsStillRun() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(
                        """
                        pipeline { agent any
                            stages { stage('A') {
                                steps { timeout(time: 200, unit: 'MILLISECONDS') { sh 'sleep 60' } }
                                post { aborted { sh 'echo "> cleaned"' } }
                            } }
                        }
                        """);

        assertEquals(Result.ABORTED, ended.result());
        assertEquals(List.of("cleaned"), ended.said());
        assertTrue(ended.shows("Timeout of 200 ms has been exceeded"));
    }

    @Test
    void aTimeoutForActivityIsPutOffByOutput() throws Exception {
        LocalPipeline.Ended ended = run(
                "timeout(time: 1, unit: 'SECONDS', activity: true) { sh 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.4; done' }\necho '> done'");

        assertEquals(List.of("done"), ended.said());
        assertEquals(Result.SUCCESS, ended.result());
    }

    @Test
    void aTimeoutForActivityEndsASilentStep() throws Exception {
        LocalPipeline.Ended ended =
                run("timeout(time: 300, unit: 'MILLISECONDS', activity: true) { sh 'echo one; sleep 60' }");

        assertEquals(Result.ABORTED, ended.result());
        assertTrue(ended.shows("Timeout of 300 ms without activity has been exceeded"));
    }

    @Test
    void aStopKillsTheWholeProcessGroupOfAScript() throws Exception {
        LocalPipeline pipeline = new LocalPipeline(folder);
        CompletableFuture<LocalPipeline.Ended> ended = inBackground(
                pipeline,
                "sh '(trap \"\" HUP; exec sleep 300) & echo $! > child; (sleep 300; true) & echo $! > other; wait'");
        Path child = folder.resolve("child");
        Path other = folder.resolve("other");
        awaitContent(child);
        awaitContent(other);

        pipeline.cancel().request(new Interruption(Result.ABORTED, true, "Aborted by INT"));

        assertEquals(Result.ABORTED, ended.get(30, TimeUnit.SECONDS).result());
        assertTrue(ended.get().shows("Sending interrupt signal to process"));
        assertFalse(isAlive(child));
        assertFalse(isAlive(other));
    }

    @Test
    void aScriptMayCleanUpWhenItIsStopped() throws Exception {
        LocalPipeline pipeline = new LocalPipeline(folder);
        CompletableFuture<LocalPipeline.Ended> ended = inBackground(
                pipeline, "sh 'trap \"echo saved > saved; exit 0\" TERM; echo go > started; sleep 300 & wait'");
        awaitContent(folder.resolve("started"));

        pipeline.cancel().request(new Interruption(Result.ABORTED, true, "Aborted by INT"));

        assertEquals(Result.ABORTED, ended.get(30, TimeUnit.SECONDS).result());
        assertTrue(Files.exists(folder.resolve("saved")));
    }

    @Test
    void aTrainingStepHasTheTimeItNeedsToStop() throws Exception {
        CountDownLatch training = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        LocalPipeline pipeline = new LocalPipeline(folder).performing((step, context) -> {
            CountDownLatch asked = new CountDownLatch(1);
            StopRequest.to(context).whenMade(asked::countDown);
            training.countDown();
            asked.await();
            context.console().println("> checkpoint written");
            stopped.countDown();
            throw new StepsTest.Stopped();
        });
        CompletableFuture<LocalPipeline.Ended> ended = inBackground(pipeline, "train 'm'\necho '> never'");
        assertTrue(training.await(30, TimeUnit.SECONDS));

        pipeline.cancel().request(new Interruption(Result.ABORTED, true, "Aborted by INT"));

        assertEquals(Result.ABORTED, ended.get(30, TimeUnit.SECONDS).result());
        assertEquals(List.of("checkpoint written"), ended.get().said());
        assertEquals(0, stopped.getCount());
        assertTrue(ended.get().shows("ERROR: Aborted by INT"));
    }

    @Test
    void anImpossibleTimeoutIsRefusedBeforeItsBodyRuns() throws Exception {
        LocalPipeline.Ended ended = run("def t = 0\ntimeout(t) { echo '> never' }");

        assertEquals(List.of(), ended.said());
        assertTrue(ended.shows("timeout: \"time\" must be above 0 but is 0"));
    }

    @Test
    void failsWhenAPathCannotBeADirectory() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        LocalPipeline.Ended ended = run("dir('file') { echo '> never' }");

        assertEquals(Result.FAILURE, ended.result());
        assertEquals(List.of(), ended.said());
        assertTrue(ended.shows("file cannot be made a directory"));
    }

    private CompletableFuture<LocalPipeline.Ended> inBackground(LocalPipeline pipeline, String script) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pipeline.run(pipeline(script));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void inputGoesOnOrAbortsAsTheRunWasTold() throws Exception {
        LocalPipeline.Ended approved = new LocalPipeline(folder)
                .answering(InputAnswer.PROCEED)
                .run(pipeline("def who = input(message: 'Go on?', submitterParameter: 'who')\necho \"> ${who}\""));
        LocalPipeline.Ended rejected =
                new LocalPipeline(folder).answering(InputAnswer.ABORT).run(pipeline("retry(3) { input 'Go on?' }"));

        assertEquals(List.of(System.getProperty("user.name")), approved.said());
        assertEquals(Result.ABORTED, rejected.result());
        assertFalse(rejected.shows("Retrying"));
    }

    @Test
    void inputAbortsWhereNobodyCanBeAsked() throws Exception {
        LocalPipeline.Ended ended = run("input 'Go on?'");

        assertEquals(Result.ABORTED, ended.result());
        assertTrue(ended.shows("there is no terminal to ask at; run with --input proceed"), ended.lines()::toString);
    }

    @Test
    void publishChecksWritesTheCheckAsMarkdown() throws Exception {
        LocalPipeline.Ended ended = run("publishChecks name: 'Cascade ../x', title: 'Worse', summary: '| a |',"
                + " conclusion: 'FAILURE'\npublishChecks()");

        assertEquals(Result.SUCCESS, ended.result(), ended.lines()::toString);
        assertEquals(
                List.of("Worse", "", "Check: Cascade ../x, conclusion: FAILURE", "", "| a |", ""),
                Files.readAllLines(folder.resolve("checks/Cascade ---x.md")));
        assertTrue(Files.readString(folder.resolve("checks/Checks.md")).contains("conclusion: SUCCESS"));
    }

    @Test
    void mailSendsNone() throws Exception {
        LocalPipeline.Ended ended = run("mail to: 'team@example.org', subject: 'Champion', body: 'New'");

        assertTrue(ended.shows("mail: a local run sends none; to team@example.org: Champion"));
    }

    private static void awaitContent(Path file) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(System.nanoTime() < deadline, file + " did not appear");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean isAlive(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private List<String> said(String script) throws Exception {
        LocalPipeline.Ended ended = run(script);
        assertEquals(Result.SUCCESS, ended.result(), ended.lines()::toString);
        return ended.said();
    }

    private LocalPipeline.Ended run(String script) throws Exception {
        return new LocalPipeline(folder).run(pipeline(script));
    }

    private static String pipeline(String script) {
        return "pipeline {\nagent any\nstages { stage('A') { steps { script {\n" + script + "\n} } } }\n}\n";
    }

    /** What a stopped trainer throws. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
