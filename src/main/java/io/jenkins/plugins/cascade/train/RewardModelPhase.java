package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.model.PairStats;
import io.jenkins.plugins.cascade.model.RewardModel;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.RewardModelSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a reward model with the Bradley-Terry loss; its accuracy on held-out pairs is measured after the last step (Nemotron-Cascade,
 * arXiv 2512.13607, section 4.2).
 */
final class RewardModelPhase implements Phase {
    static final String NAME = "reward-model";
    private static final String CURSOR = "cursor";
    private static final String ACCURACY = "heldOutAccuracy";

    private final RewardModel model;
    private final RewardModelSettings settings;
    private final int checkpointEvery;
    private final List<PreferencePair> trained = new ArrayList<>();
    private final List<PreferencePair> heldOut = new ArrayList<>();
    private final EpochOrder order;
    private final Updater updater;
    private long cursor;
    private double accuracy = Double.NaN;

    /**
     * @param model the policy's weights with a fresh head, or a model under training
     * @param pairs all pairs; the held-out share is split off by the seed
     * @param checkpointEvery steps between checkpoints
     * @throws StageFailure when the split leaves nothing to train on, or nothing to measure a required accuracy on
     */
    RewardModelPhase(
            RewardModel model,
            List<PreferencePair> pairs,
            RewardModelSettings settings,
            int checkpointEvery,
            long seed) {
        this.model = model;
        this.settings = settings;
        this.checkpointEvery = checkpointEvery;
        split(pairs, seed);
        this.order = new EpochOrder(seed, NAME, trained.size());
        this.updater = new Updater(NAME, model.parameters(), settings.optimizer(), steps());
    }

    private void split(List<PreferencePair> pairs, long seed) {
        EpochOrder shuffled = new EpochOrder(seed, "held-out", pairs.size());
        long held = Math.round(pairs.size() * settings.heldOutFraction());
        for (int i = 0; i < pairs.size(); i++) {
            (i < held ? heldOut : trained).add(pairs.get(shuffled.at(i)));
        }
        if (trained.isEmpty() || heldOut.isEmpty() && settings.minAccuracy() > 0) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "Of " + pairs.size() + " preference pairs " + heldOut.size() + " are held out and "
                            + trained.size() + " are left to train on; give more pairs or change heldOutFraction ("
                            + settings.heldOutFraction() + ").");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int steps() {
        return settings.epochs() * stepsPerEpoch();
    }

    private int stepsPerEpoch() {
        return (trained.size() + settings.batchSize() - 1) / settings.batchSize();
    }

    @Override
    public int checkpointEvery() {
        return checkpointEvery;
    }

    @Override
    public StepReport step(int step) {
        long start = System.nanoTime();
        List<RewardModel.Pair> batch = nextBatch();
        PairStats stats = accumulate(batch);
        Updater.Update update = updater.apply(step, stats.loss(), RewardModel.size(batch));
        long tokens = batch.stream()
                .mapToLong(pair -> pair.chosen().length + pair.rejected().length)
                .sum();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "train/loss", update.loss(),
                "train/accuracy", stats.accuracy(),
                "train/grad_norm", update.gradientNorm(),
                "train/learning_rate", update.learningRate(),
                "speed/tokens_per_second", tokens / seconds,
                "time/update", seconds));
        if (step == steps() && !heldOut.isEmpty()) {
            accuracy = PairAccuracy.of(model, heldOut);
            metrics.put(PairAccuracy.METRIC, accuracy);
        }
        return new StepReport(metrics, tokens, 0);
    }

    /** The sums over the micro-batches, pairs of like length together. */
    private PairStats accumulate(List<RewardModel.Pair> batch) {
        if (settings.microBatch() == 0 || settings.microBatch() >= batch.size()) {
            return model.accumulate(batch);
        }
        List<RewardModel.Pair> sorted = batch.stream()
                .sorted(Comparator.comparingInt(pair -> -Math.max(pair.chosen().length, pair.rejected().length)))
                .toList();
        double loss = 0;
        double accuracy = 0;
        for (int from = 0; from < sorted.size(); from += settings.microBatch()) {
            List<RewardModel.Pair> part = sorted.subList(from, Math.min(from + settings.microBatch(), sorted.size()));
            double share = (double) part.size() / sorted.size();
            PairStats stats = model.accumulate(part, share);
            loss += stats.loss();
            accuracy += share * stats.accuracy();
        }
        return new PairStats(loss, accuracy);
    }

    /** The next pairs of the epoch; its last batch may be smaller. */
    private List<RewardModel.Pair> nextBatch() {
        long left = trained.size() - cursor % trained.size();
        List<RewardModel.Pair> batch = new ArrayList<>();
        for (long i = Math.min(left, settings.batchSize()); i > 0; i--) {
            PreferencePair pair = trained.get(order.at(cursor++));
            batch.add(new RewardModel.Pair(pair.chosen(), pair.rejected()));
        }
        return batch;
    }

    /**
     * Lets the policy's training begin, or not.
     *
     * @throws StageFailure when the held-out accuracy is below the one required
     */
    void requireAccuracy() {
        PairAccuracy.require(accuracy, heldOut.size(), settings.minAccuracy());
    }

    @Override
    public void save(Path folder) {
        model.saveState(folder.resolve(StageTraining.REWARD_MODEL));
        updater.save(folder);
    }

    @Override
    public JsonNode state() {
        var state = JsonNodeFactory.instance.objectNode().put(CURSOR, cursor);
        return Double.isNaN(accuracy) ? state : state.put(ACCURACY, accuracy);
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        updater.restore(folder);
        cursor = state.get(CURSOR).longValue();
        accuracy = state.path(ACCURACY).asDouble(Double.NaN);
    }

    @Override
    public void close() {
        updater.close();
    }
}
