package io.jenkins.plugins.cascade.local.cps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScriptTest {
    @TempDir
    private Path folder;

    @Test
    void stepsInsideClosuresOfGroovysOwnMethodsRunForEveryElement() throws Exception {
        assertEquals(
                List.of("1", "2", "3", "a=1", "[2, 4]"),
                said(
                        """
                        [1, 2, 3].each { echo "> ${it}" }
                        [a: 1].each { k, v -> echo "> ${k}=${v}" }
                        echo "> ${[1, 2].collect { sh(script: "echo \\$((${it} * 2))", returnStdout: true).trim() as Integer }}"
                        """));
    }

    @Test
    void methodsBeforeThePipelineMayCallSteps() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run("def twice(text) { echo \"> ${text}\"; echo \"> ${text}\"; return text.size() }\n"
                        + pipeline("echo \"> ${twice('ab')}\""));

        assertEquals(List.of("ab", "ab", "2"), ended.said());
    }

    @Test
    void variablesBeforeThePipelineAreSharedByItsBlocks() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run("def local = 1\nbound = 10\n" + pipeline("local += 1; bound += 1; echo \"> ${local} ${bound}\""));

        assertEquals(List.of("2 11"), ended.said());
    }

    @Test
    void methodsOfTheJenkinsfileMayStandAmongTheSteps() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run("def greet(name) { echo \"> hello ${name}\" }\n"
                        + "pipeline {\nagent any\nstages { stage('A') { steps { greet 'you' } } }\n}\n");

        assertEquals(List.of("hello you"), ended.said());
    }

    @Test
    void fieldsAreSeenByMethodsToo() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run("import groovy.transform.Field\n@Field def seen = []\ndef see(x) { seen << x }\n"
                        + pipeline("see(1); see(2); echo \"> ${seen}\""));

        assertEquals(List.of("[1, 2]"), ended.said());
    }

    @Test
    void aClassThatIsNotThereIsNamedWithItsLineBeforeAnythingRuns() {
        JenkinsfileException refused = assertThrows(JenkinsfileException.class, () -> new LocalPipeline(folder)
                .run(pipeline("echo '> never'\nnew hudson.model.NoSuchThing()")));

        assertEquals(
                "Jenkinsfile:5: unable to resolve class hudson.model.NoSuchThing",
                refused.getMessage().strip());
    }

    @Test
    void aFailedStepIsAnExceptionThatAScriptMayCatch() throws Exception {
        assertEquals(
                List.of("script returned exit code 3", "finally", "after"),
                said(
                        """
                        try { sh 'exit 3' } catch (Exception e) { echo "> ${e.message}" } finally { echo '> finally' }
                        echo '> after'
                        """));
    }

    @Test
    void aStepsBodyMayThrowToTheCodeAroundIt() throws Exception {
        assertEquals(
                List.of("inner: 42"),
                said(
                        "try { dir('x') { throw new IllegalStateException('inner') } } catch (IllegalStateException e) { echo \"> ${e.message}: ${42}\" }"));
    }

    @Test
    void aBlockStepReturnsTheValueOfItsBody() throws Exception {
        assertEquals(List.of("7"), said("def x = dir('x') { 3 + 4 }\necho \"> ${x}\""));
    }

    @Test
    void aFailedAssertionFailsTheBuildAndNamesItsLine() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder).run(pipeline("assert 1 == 2"));

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(ended.shows("assert 1 == 2"), ended.lines()::toString);
    }

    @Test
    void anUnknownStepInAScriptFailsWithJenkinsSentence() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder).run(pipeline("deploy 'x'"));

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(ended.shows("No such DSL method 'deploy' found among the steps of the local runner [catchError,"));
    }

    @Test
    void anUnknownNameFailsWithItsLine() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder).run(pipeline("echo \"${nope}\""));

        assertEquals(Result.FAILURE, ended.result());
        assertTrue(ended.shows("No such property: nope for class: WorkflowScript"), ended.lines()::toString);
    }

    @Test
    void parametersKeepTheirTypes() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .parameter("FLAG", false)
                .parameter("TEXT", "t")
                .run(pipeline("echo \"> ${params.FLAG ? 'yes' : 'no'} ${params.TEXT} ${params.NONE}\""));

        assertEquals(List.of("no t null"), ended.said());
    }

    @Test
    void currentBuildTellsNumberResultAndPreviousBuild() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .after(Result.UNSTABLE)
                .run(
                        pipeline(
                                """
                        echo "> ${currentBuild.number} ${currentBuild.result} ${currentBuild.currentResult} ${currentBuild.previousBuild.result}"
                        currentBuild.displayName = 'nightly'
                        echo "> ${currentBuild.displayName} ${currentBuild.resultIsBetterOrEqualTo('UNSTABLE')}"
                        """));

        assertEquals(List.of("2 null SUCCESS UNSTABLE", "nightly true"), ended.said());
    }

    @Test
    void codeWithoutStepsCanBeInterrupted() throws Exception {
        LocalPipeline pipeline = new LocalPipeline(folder);
        pipeline.performing((step, context) -> {
            context.build().timers().execute(() -> pipeline.cancel()
                    .request(new Interruption(Result.ABORTED, true, "Aborted by INT")));
            return null;
        });

        LocalPipeline.Ended ended = pipeline.run(pipeline("train 'm'\nwhile (true) { }"));

        assertEquals(Result.ABORTED, ended.result());
    }

    @Test
    void aTimeoutEndsALoopWithoutSteps() throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder)
                .run(pipeline("timeout(time: 200, unit: 'MILLISECONDS') { while (true) { } }"));

        assertEquals(Result.ABORTED, ended.result());
        assertTrue(ended.shows("Cancelling nested steps due to timeout"));
    }

    private List<String> said(String script) throws Exception {
        LocalPipeline.Ended ended = new LocalPipeline(folder).run(pipeline(script));
        assertEquals(Result.SUCCESS, ended.result(), ended.lines()::toString);
        return ended.said();
    }

    private static String pipeline(String script) {
        return "pipeline {\nagent any\nstages { stage('A') { steps { script {\n" + script + "\n} } } }\n}\n";
    }
}
