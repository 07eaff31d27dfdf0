package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller goes down while a stage trains. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RestartTest {
    private static final int STEPS = 400;

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path folder;

    @Test
    void theStageTrainsOnAndItsResultWorksInTheScriptThatCalledIt() throws Throwable {
        TinyCascade cascade = TinyCascade.in(folder);
        session.then(jenkins -> {
            WorkflowJob job = TinyCascade.job(
                    jenkins,
                    "restarted",
                    "node { def result = " + cascade.sft("sft", STEPS, cascade.benchmarks())
                            + "; echo \"after: ${result} ${result.scores.keySet()}\" }");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            Waiting.untilTrained(build, 5);
        });
        session.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("after: sft: accepted (NONE) [copying]", build);
            List<Integer> steps = Waiting.steps(build);
            assertEquals(steps.size(), new HashSet<>(steps).size(), "steps that are there twice in " + steps);
            assertTrue(steps.contains(STEPS), "the last step is missing in " + steps);
            assertTrue(Waiting.trainers(jenkins.jenkins.getRootDir()).findAny().isEmpty(), "a trainer is left behind");
        });
    }
}
