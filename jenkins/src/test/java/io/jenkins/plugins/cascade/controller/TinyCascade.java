package io.jenkins.plugins.cascade.controller;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A model and data files in a folder of their own, and Jenkinsfiles that train on them. */
final class TinyCascade {
    private final Path folder;

    private TinyCascade(Path folder) {
        this.folder = folder;
    }

    /** Writes model and data. */
    static TinyCascade in(Path folder) throws IOException {
        TinyModel.write(folder.resolve("model"));
        Files.writeString(
                folder.resolve("sft.jsonl"),
                lines(
                        40,
                        i -> "{\"messages\":[{\"role\":\"user\",\"content\":\"copy " + i % 10
                                + "\"},{\"role\":\"assistant\",\"content\":\"" + i % 10 + "\"}]}"));
        Files.writeString(
                folder.resolve("benchmark.jsonl"),
                lines(
                        12,
                        i -> "{\"id\":\"item-" + i + "\",\"prompt\":\"copy " + i % 10
                                + "\",\"verifier\":{\"type\":\"math\",\"answer\":\"" + i % 10 + "\"}}"));
        return new TinyCascade(folder);
    }

    /** A job in the sandbox. */
    static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws IOException, FormException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A call of cascadeSft that names its stage. */
    String sft(String name, int steps, String more) {
        return "cascadeSft(name: '" + name + "', data: '" + folder.resolve("sft.jsonl") + "', model: '"
                + folder.resolve("model") + "', steps: " + steps
                + ", batchSize: 8, microBatch: 4, maxTokens: 32, learningRate: 5e-3, warmupSteps: 2" + more + ")";
    }

    /** An argument of {@link #sft}: the only benchmark. */
    String benchmarks() {
        return ", benchmarks: [benchmark(name: 'copying', data: '" + folder.resolve("benchmark.jsonl")
                + "', samples: 2, temperature: 1, topP: 1, maxTokens: 3)]";
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(i -> line.apply(i) + "\n").collect(Collectors.joining());
    }
}
