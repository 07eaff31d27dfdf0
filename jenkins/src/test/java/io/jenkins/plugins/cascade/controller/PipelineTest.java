package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkinsfiles on a controller whose built-in node trains. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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
    void aDeclarativePipelineTrainsAndGatesAndGivesResultsUnderTheSandbox() throws Exception {
        WorkflowJob job = TinyCascade.job(
                jenkins,
                "declarative",
                """
                pipeline {
                    agent any
                    stages {
                        stage('Train') {
                            steps {
                                script {
                                    def first = %s
                                    echo "first: ${first.name} ${first.status} ${first.verdict} ${first.scores.keySet()}"
                                    def second = %s
                                    echo "second: ${second} ${second.regressions} ${second.checkpoint != null}"
                                    echo second.markdown
                                }
                            }
                        }
                        stage('Gate') {
                            steps {
                                cascadeGate(onInconclusive: 'continue', gates: [gate(benchmark: 'copying', margin: 99)])
                            }
                        }
                    }
                }
                """
                        .formatted(
                                cascade.sft("first", 4, cascade.benchmarks()),
                                cascade.sft(
                                                "second",
                                                5,
                                                ", onInconclusive: 'continue', gates: [gate(benchmark: 'copying', margin: 99)]")
                                        .replaceFirst("model: '[^']*', ", "")));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("first: first accepted NONE [copying]", build);
        jenkins.assertLogContains("second: second: accepted (INCONCLUSIVE) [] true", build);
        JsonNode record = JSON.readTree(
                build.getRootDir().toPath().resolve("cascade/cascade.json").toFile());
        assertEquals("SUCCESS", record.path("result").asText());
        assertEquals(2, record.path("stages").size());
        assertEquals(1, record.path("gates").size());
        String kept = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        assertFalse(kept.contains("plugin=\"cascade-rl"), kept);
    }

    @Test
    void theSameStageInTheNextBuildIsReused() throws Exception {
        WorkflowJob job = TinyCascade.job(jenkins, "reuse", "node { " + cascade.sft("sft", 4, "") + " }");
        jenkins.buildAndAssertSuccess(job);
        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("reuse", second);
    }

    @Test
    void anArgumentThatAStepDoesNotHaveStopsAScriptedPipeline() throws Exception {
        WorkflowJob job =
                TinyCascade.job(jenkins, "unknown", "node { " + cascade.sft("sft", 4, ", learningrate: 1e-3") + " }");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("cascadeSft has no argument 'learningrate'; did you mean 'learningRate'?", build);
    }

    @Test
    void aStageWithoutAnAgentSaysWhatIsMissing() throws Exception {
        WorkflowJob job = TinyCascade.job(jenkins, "nowhere", cascade.sft("sft", 4, ""));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(
                "Perhaps you forgot to surround the cascadeSft step with a step that provides this, such as: node",
                build);
    }

    @Test
    void whoAbortsABuildGetsACheckpointAndNoProcessIsLeft() throws Exception {
        WorkflowJob job = TinyCascade.job(
                jenkins, "abort", "node { " + cascade.sft("sft", 1_000_000, ", checkpointEvery: 50") + " }");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Waiting.untilTrained(build, 20);
        assertTrue(Waiting.trainers(jenkins.jenkins.getRootDir()).findAny().isPresent());
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("Asking the trainer for a checkpoint", build);
        Waiting.until(
                "the trainer has gone",
                () -> Waiting.trainers(jenkins.jenkins.getRootDir()).findAny().isEmpty());
    }
}
