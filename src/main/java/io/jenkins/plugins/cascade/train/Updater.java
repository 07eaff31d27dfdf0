package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.AdamW;
import io.jenkins.plugins.cascade.model.BatchSize;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.LossStats;
import io.jenkins.plugins.cascade.model.OutOfDeviceMemoryException;
import io.jenkins.plugins.cascade.model.Parameter;
import io.jenkins.plugins.cascade.model.WeightedSequence;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** An optimizer with its learning-rate schedule, and the guard against numbers that are none. */
final class Updater implements AutoCloseable {
    private static final String FILE = "optimizer.safetensors";

    private final String phase;
    private final OptimizerSettings settings;
    private final int steps;
    private final AdamW optimizer;

    /**
     * @param phase for the sentence of a failure
     * @param parameters what is trained
     * @param settings optimizer and schedule
     * @param steps steps of the phase
     */
    Updater(String phase, List<Parameter> parameters, OptimizerSettings settings, int steps) {
        this.phase = phase;
        this.settings = settings;
        this.steps = steps;
        this.optimizer = new AdamW(
                parameters,
                settings.beta1(),
                settings.beta2(),
                settings.epsilon(),
                settings.weightDecay(),
                settings.clipNorm() == 0 ? Float.MAX_VALUE : settings.clipNorm());
    }

    /**
     * What an update did.
     *
     * @param loss the loss, in nats
     * @param gradientNorm the global norm before clipping
     * @param learningRate the rate used
     */
    record Update(double loss, double gradientNorm, double learningRate) {}

    /**
     * Sums over the micro-batches of one step.
     *
     * @param loss {@code -sum_t weight_t log p_t}, in nats
     * @param entropy mean over the weighted tokens, in nats; NaN without any
     * @param divergence mean of the estimator k3 over the weighted tokens, in nats; 0 without a reference, NaN without any token
     * @param tokens all tokens that went through the model, prompts included
     */
    record Accumulated(double loss, double entropy, double divergence, long tokens) {}

    /**
     * Adds up the gradients of all sequences, {@code microBatch} at a time, sequences of like length together.
     *
     * @param temperature of the log probabilities: 1, or that of the rollouts
     */
    static Accumulated accumulate(
            CausalLM model, List<WeightedSequence> sequences, int microBatch, double temperature) {
        List<List<WeightedSequence>> parts = MicroBatches.byLength(sequences, microBatch);
        return accumulate(sequences, parts, part -> model.accumulate(part, temperature));
    }

    /**
     * Adds up the gradients of rollouts, {@code microBatch} at a time, the prompt of a group computed once.
     *
     * @param temperature that of the rollouts
     */
    static Accumulated accumulateShared(
            CausalLM model, List<WeightedSequence> sequences, int microBatch, double temperature) {
        List<List<WeightedSequence>> parts = MicroBatches.byPrompt(sequences, microBatch);
        return accumulate(sequences, parts, part -> model.accumulateShared(part, temperature));
    }

    /**
     * Adds up the gradients of all sequences at temperature 1, laid end to end without padding.
     *
     * @param tokensAtOnce tokens a forward pass, unless one sequence alone has more
     */
    static Accumulated accumulatePacked(CausalLM model, List<WeightedSequence> sequences, long tokensAtOnce) {
        return accumulate(sequences, MicroBatches.byTokens(sequences, tokensAtOnce), model::accumulatePacked);
    }

    private static Accumulated accumulate(
            List<WeightedSequence> sequences,
            List<List<WeightedSequence>> parts,
            Function<List<WeightedSequence>, LossStats> gradients) {
        Sums sums = new Sums();
        parts.forEach(part -> sums.add(gradient(part, gradients)));
        return sums.of(sequences);
    }

    private static LossStats gradient(
            List<WeightedSequence> part, Function<List<WeightedSequence>, LossStats> gradients) {
        return OutOfDeviceMemoryException.during("gradient", BatchSize.ofWeighted(part), () -> gradients.apply(part));
    }

    /** What the micro-batches of a step add up to. */
    private static final class Sums {
        private double loss;
        private double entropy;
        private double divergence;
        private long weighted;

        void add(LossStats stats) {
            loss += stats.loss();
            entropy += stats.meanEntropy() * stats.weightedTokens();
            divergence += stats.meanDivergence() * stats.weightedTokens();
            weighted += stats.weightedTokens();
        }

        Accumulated of(List<WeightedSequence> sequences) {
            long tokens = sequences.stream()
                    .mapToLong(sequence -> sequence.tokens().length)
                    .sum();
            return new Accumulated(loss, entropy / weighted, divergence / weighted, tokens);
        }
    }

    /**
     * Applies the accumulated gradients.
     *
     * @param step from 1
     * @param loss the loss they belong to
     * @param batch what they were computed from, for the sentence of a failure
     * @throws StageFailure when the loss or the gradient's norm is not finite; the weights are then as they were
     */
    Update apply(int step, double loss, BatchSize batch) {
        double rate = LearningRate.at(settings, step, steps);
        if (!Double.isFinite(loss)) {
            throw notANumber(step, "loss", loss, rate, batch);
        }
        double norm = optimizer.step(rate);
        if (!Double.isFinite(norm)) {
            throw notANumber(step, "gradient norm", norm, rate, batch);
        }
        return new Update(loss, norm, rate);
    }

    /** What a step without gradients reports; neither weights nor moments move. */
    Update skipped(int step) {
        return new Update(0, 0, LearningRate.at(settings, step, steps));
    }

    private StageFailure notANumber(int step, String what, double value, double rate, BatchSize batch) {
        return new StageFailure(
                ExitCode.NUMERIC_FAILURE,
                "The " + what + " of " + phase + " step " + step + " of " + steps + " is " + value
                        + " at learning rate " + rate + " (a batch of " + batch + "; peak memory "
                        + ResidentMemory.peak()
                        + "); the weights are as before it and the last checkpoint is kept: lower learningRate, or raise"
                        + " warmupSteps.");
    }

    void save(Path folder) {
        optimizer.save(folder.resolve(FILE));
    }

    void restore(Path folder) {
        optimizer.load(folder.resolve(FILE));
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
