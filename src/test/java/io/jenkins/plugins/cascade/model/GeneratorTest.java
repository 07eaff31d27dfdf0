package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {
    private final Reference reference = new Reference("qwen2");
    private CausalLM model;

    @BeforeEach
    void load() {
        model = CausalLM.load(reference.folder(), 0);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0, 0", "0.7, 1.0, 0", "1.0, 0.8, 0", "1.0, 1.0, 5", "1.5, 0.7, 12"})
    void tokensAreAsFrequentAsTheirProbability(double temperature, double topP, int topK) {
        int samples = 20_000;
        int[] prompt = reference.sequences().get(0);
        double[] expected = distribution(model.lastLogits(List.of(prompt))[0], temperature, topP, topK);
        int[] counts = new int[expected.length];
        Sampling sampling = new Sampling(temperature, topP, topK, 1, Set.of(), samples);
        for (Completion completion : model.generate(List.of(new GenerationRequest(prompt, samples, 11)), sampling)) {
            counts[completion.tokens()[0]]++;
        }
        assertTrue(chiSquareP(expected, counts, samples) > 1e-3, Arrays.toString(counts));
    }

    /** Softmax, then top-k, then top-p, by the definition and in double precision. */
    private static double[] distribution(float[] logits, double temperature, double topP, int topK) {
        double[] p = new double[logits.length];
        Arrays.setAll(p, i -> Math.exp(logits[i] / temperature));
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -p[i]))
                .toList();
        for (int rank = topK == 0 ? p.length : topK; rank < p.length; rank++) {
            p[order.get(rank)] = 0;
        }
        double total = Arrays.stream(p).sum();
        double before = 0;
        for (int id : order) {
            double share = p[id] / total;
            p[id] = before < topP ? share : 0;
            before += share;
        }
        double kept = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / kept).toArray();
    }

    private static double chiSquareP(double[] expected, int[] counts, int samples) {
        double statistic = 0;
        int cells = 0;
        double restExpected = 0;
        int restCount = 0;
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] == 0) {
                assertEquals(0, counts[i], "token " + i + " is cut off");
            } else if (expected[i] * samples < 10) {
                restExpected += expected[i] * samples;
                restCount += counts[i];
            } else {
                statistic += Math.pow(counts[i] - expected[i] * samples, 2) / (expected[i] * samples);
                cells++;
            }
        }
        if (restExpected > 0) {
            statistic += Math.pow(restCount - restExpected, 2) / restExpected;
            cells++;
        }
        return ChiSquaredDistribution.of(cells - 1).survivalProbability(statistic);
    }

    @Test
    void samplesDoNotDependOnTheRestOfTheBatchOrItsSize() {
        List<GenerationRequest> requests = requests(3);
        List<Completion> together = model.generate(requests, sampling(1000));
        List<Completion> smallBatches = model.generate(requests, sampling(2));
        List<Completion> alone = new ArrayList<>();
        for (GenerationRequest request : requests) {
            alone.addAll(model.generate(List.of(request), sampling(1)));
        }
        for (int i = 0; i < together.size(); i++) {
            assertArrayEquals(together.get(i).tokens(), smallBatches.get(i).tokens(), "completion " + i);
            assertArrayEquals(together.get(i).tokens(), alone.get(i).tokens(), "completion " + i);
        }
    }

    @Test
    void theSeedDecidesTheTokens() {
        int[] prompt = reference.sequences().get(0);
        int[] tokens = tokens(new GenerationRequest(prompt, 2, 5), 0);
        assertArrayEquals(tokens, tokens(new GenerationRequest(prompt, 1, 5), 0));
        assertFalse(Arrays.equals(tokens, tokens(new GenerationRequest(prompt, 2, 6), 0)));
        assertFalse(Arrays.equals(tokens, tokens(new GenerationRequest(prompt, 2, 5), 1)));
    }

    private int[] tokens(GenerationRequest request, int index) {
        return model.generate(List.of(request), sampling(8)).get(index).tokens();
    }

    @Test
    void completionsComeInTheOrderOfTheRequestsAndTheirSamples() {
        List<Completion> completions = model.generate(requests(3), sampling(4));
        for (int i = 0; i < completions.size(); i++) {
            assertEquals(i / 3, completions.get(i).request());
            assertEquals(i % 3, completions.get(i).index());
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelAtTemperatureOne() {
        List<GenerationRequest> requests = requests(2);
        Sampling hot = new Sampling(1.7, 0.9, 20, 100, Set.of(1), 16);
        for (Completion completion : model.generate(requests, hot)) {
            int[] prompt = requests.get(completion.request()).prompt();
            int[] whole = Arrays.copyOf(prompt, prompt.length + completion.tokens().length);
            System.arraycopy(completion.tokens(), 0, whole, prompt.length, completion.tokens().length);
            float[] logProbs = model.logProbs(List.of(whole))[0];
            assertArrayEquals(Arrays.copyOfRange(logProbs, prompt.length, whole.length), completion.logProbs(), 1e-4f);
        }
    }

    @Test
    void aCompletionEndsWithItsStopTokenOrIsTruncated() {
        List<Completion> completions = model.generate(requests(20), sampling(64));
        int truncated = 0;
        for (Completion completion : completions) {
            int[] tokens = completion.tokens();
            boolean stopped = Set.of(1, 2, 3).contains(tokens[tokens.length - 1]);
            assertEquals(stopped, !completion.truncated());
            assertTrue(stopped || tokens.length == 100);
            assertEquals(
                    stopped ? 1 : 0,
                    Arrays.stream(tokens).filter(id -> id >= 1 && id <= 3).count());
            truncated += stopped ? 0 : 1;
        }
        assertNotEquals(0, truncated);
        assertNotEquals(completions.size(), truncated);
    }

    @Test
    void weightsThatAreNoNumbersAreANumericFailure() {
        try (AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            model.accumulate(reference.weighted());
            optimizer.step(1e38);
        }
        assertThrows(NumericFailureException.class, () -> model.generate(requests(1), sampling(4)));
    }

    @Test
    void aTokenOutsideTheVocabularyIsAnErrorAndNotACrash() {
        GenerationRequest request = new GenerationRequest(new int[] {64}, 1, 0);
        assertThrows(ModelException.class, () -> model.generate(List.of(request), sampling(1)));
    }

    private List<GenerationRequest> requests(int count) {
        return reference.sequences().stream()
                .map(prompt -> new GenerationRequest(prompt, count, prompt.length))
                .toList();
    }

    /** Up to 100 tokens, so that the cache has to grow; three stop tokens, so that sequences end at different times. */
    private static Sampling sampling(int maxBatch) {
        return new Sampling(1, 1, 0, 100, Set.of(1, 2, 3), maxBatch);
    }
}
