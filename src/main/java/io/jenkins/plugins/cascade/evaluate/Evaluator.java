package io.jenkins.plugins.cascade.evaluate;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Completion;
import io.jenkins.plugins.cascade.model.GenerationRequest;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Seeds;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.VerificationTask;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Answers every item of a benchmark K times and has the answers judged. The random stream of an item is a function of its id alone, so
 * that two models, and one model on two days, are compared under common random numbers.
 */
public final class Evaluator {
    private static final long SEED = 20_251_213;
    private static final int ANSWERS_AT_ONCE = 256;

    private final CausalLM model;
    private final Tokenizer tokenizer;
    private final Verifiers verifiers;
    private final Function<SamplingSettings, Sampling> sampling;
    private final String engine;

    /**
     * @param model what is evaluated
     * @param tokenizer its tokenizer
     * @param verifiers judge the answers
     * @param sampling adds stop tokens and batch size to the settings
     * @param engine name and version, a part of the fingerprint
     */
    public Evaluator(
            CausalLM model,
            Tokenizer tokenizer,
            Verifiers verifiers,
            Function<SamplingSettings, Sampling> sampling,
            String engine) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.verifiers = verifiers;
        this.sampling = sampling;
        this.engine = engine;
    }

    /** What the benchmark's result may be compared with. */
    public String fingerprint(Benchmark benchmark) {
        return Fingerprint.of(benchmark, verifiers, engine);
    }

    /** Evaluates all items, some at a time. */
    public BenchmarkResult evaluate(Benchmark benchmark, EvaluationProgress progress) {
        long start = System.nanoTime();
        ScoreSheet sheet = new ScoreSheet(benchmark.spec().name(), fingerprint(benchmark));
        List<BenchmarkItem> items = benchmark.items();
        int chunk = Math.max(1, ANSWERS_AT_ONCE / benchmark.spec().samples());
        for (int from = 0; from < items.size(); from += chunk) {
            int to = Math.min(from + chunk, items.size());
            evaluate(benchmark, items.subList(from, to), sheet);
            progress.done(to);
        }
        return sheet.result((System.nanoTime() - start) / 1e9);
    }

    private void evaluate(Benchmark benchmark, List<BenchmarkItem> items, ScoreSheet sheet) {
        int samples = benchmark.spec().samples();
        List<GenerationRequest> requests = items.stream()
                .map(item -> new GenerationRequest(item.tokens(), samples, Seeds.of(SEED, item.id())))
                .toList();
        List<Completion> completions =
                model.generate(requests, sampling.apply(benchmark.spec().sampling()));
        List<VerificationTask> tasks = new ArrayList<>();
        for (Completion completion : completions) {
            BenchmarkItem item = items.get(completion.request());
            tasks.add(new VerificationTask(item.text(), text(completion), item.verifier()));
        }
        List<Verdict> verdicts = verifiers.verifyAll(tasks);
        for (int i = 0; i < items.size(); i++) {
            int first = i * samples;
            int end = first + samples;
            sheet.add(items.get(i), completions.subList(first, end), verdicts.subList(first, end), tasks.get(first));
        }
    }

    /** The answer without the token that ended it. */
    private String text(Completion completion) {
        int[] tokens = completion.tokens();
        return tokenizer.decode(Arrays.copyOf(tokens, completion.truncated() ? tokens.length : tokens.length - 1));
    }
}
