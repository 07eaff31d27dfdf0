package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tensors live outside the Java heap, so that only the process's resident memory shows whether each is freed. */
class MemoryTest {
    private static final int STEPS = 300;
    private static final int WARM_UP = 50;

    /** Measured with the manager of {@link CausalLM#accumulate} left open: 97 MiB. */
    private static final long ALLOWED_GROWTH = 40L << 20;

    /** In a process of its own whose heap is taken before the start, so that only what lies outside the heap can grow. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void residentMemoryIsFlatOverTrainingAndGeneration() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String growth;
        try (BufferedReader lines = process.inputReader()) {
            growth = lines.readLine();
        }
        assertEquals(0, process.waitFor());
        long bytes = Long.parseLong(growth);
        assertTrue(bytes < ALLOWED_GROWTH, "grew by " + (bytes >> 20) + " MiB in " + (STEPS - WARM_UP) + " steps");
    }

    /** Prints by how many bytes the memory of this process grew after the first steps. */
    public static void main(String[] arguments) throws IOException {
        Reference reference = new Reference("qwen3");
        Random random = new Random(1);
        long warm = 0;
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            for (int step = 0; step < STEPS; step++) {
                List<WeightedSequence> batch =
                        IntStream.range(0, 16).mapToObj(i -> sequence(random)).toList();
                model.accumulate(batch);
                optimizer.step(1e-4);
                List<GenerationRequest> requests = batch.stream()
                        .map(sequence ->
                                new GenerationRequest(Arrays.copyOf(sequence.tokens(), 5), 2, random.nextLong()))
                        .toList();
                model.generate(requests, new Sampling(1, 1, 0, 8, Set.of(1), 64));
                if (step == WARM_UP) {
                    warm = residentBytes();
                }
            }
        }
        System.out.println(residentBytes() - warm);
    }

    private static WeightedSequence sequence(Random random) {
        int[] tokens = random.ints(24 + random.nextInt(24), 2, 64).toArray();
        float[] weights = new float[tokens.length];
        Arrays.fill(weights, 1, weights.length, 0.01f);
        return new WeightedSequence(tokens, weights);
    }

    private static long residentBytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }
}
