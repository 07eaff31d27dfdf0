package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The connection to an agent breaks while a stage trains there. */
@WithJenkins
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LostAgentTest {
    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private TinyCascade cascade;

    @BeforeEach
    void setUp(JenkinsRule rule) throws IOException {
        jenkins = rule;
        cascade = TinyCascade.in(folder);
    }

    @Test
    void aStageGoesOnWhenItsAgentIsBack() throws Exception {
        agents.createAgent(jenkins, "gpu");
        WorkflowJob job = TinyCascade.job(
                jenkins, "back", "node('gpu') { " + cascade.sft("sft", 300, ", checkpointEvery: 20") + " }");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Waiting.untilTrained(build, 5);
        agents.stop(jenkins, "gpu");
        agents.start(jenkins, "gpu");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertTrainedOnce(build);
    }

    @Test
    void aStageWhoseAgentStaysAwayIsTriedAgainAndKeepsWhatWasTrained() throws Exception {
        agents.createAgent(jenkins, "gpu");
        WorkflowJob job = TinyCascade.job(
                jenkins,
                "retried",
                "int attempts = 0; retry(count: 2, conditions: [agent()]) { echo \"attempt ${++attempts}\"; node('gpu') { "
                        + cascade.sft("sft", 300, ", checkpointEvery: 20") + " } }");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Waiting.untilTrained(build, 5);
        agents.stop(jenkins, "gpu");
        jenkins.waitForMessage("attempt 2", build);
        jenkins.assertLogContains("the stage goes on from its last checkpoint where it is tried again", build);
        agents.start(jenkins, "gpu");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertTrainedOnce(build);
    }

    private static void assertTrainedOnce(WorkflowRun build) throws IOException {
        List<Integer> steps = Waiting.steps(build);
        assertEquals(steps.size(), new HashSet<>(steps).size(), "steps that are there twice in " + steps);
    }
}
