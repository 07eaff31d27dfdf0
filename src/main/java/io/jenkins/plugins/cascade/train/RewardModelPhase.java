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
    private static final int SCORED_AT_ONCE = 32;

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
        PairStats stats = model.accumulate(batch);
        Updater.Update update = updater.apply(step, stats.loss());
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
            accuracy = accuracy(heldOut);
            metrics.put("reward_model/heldout_accuracy", accuracy);
        }
        return new StepReport(metrics, tokens, 0);
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

    private double accuracy(List<PreferencePair> pairs) {
        int right = 0;
        for (int from = 0; from < pairs.size(); from += SCORED_AT_ONCE) {
            List<PreferencePair> chunk = pairs.subList(from, Math.min(from + SCORED_AT_ONCE, pairs.size()));
            float[] chosen =
                    model.scores(chunk.stream().map(PreferencePair::chosen).toList());
            float[] rejected =
                    model.scores(chunk.stream().map(PreferencePair::rejected).toList());
            for (int i = 0; i < chosen.length; i++) {
                right += chosen[i] > rejected[i] ? 1 : 0;
            }
        }
        return (double) right / pairs.size();
    }

    /**
     * Lets the policy's training begin, or not.
     *
     * @throws StageFailure when the held-out accuracy is below the one required
     */
    void requireAccuracy() {
        if (accuracy < settings.minAccuracy()) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    String.format(
                            java.util.Locale.ROOT,
                            "The reward model orders %.1f %% of %d held-out pairs rightly, but at least %.1f %% are "
                                    + "required; give it more or cleaner pairs, or lower minAccuracy.",
                            100 * accuracy,
                            heldOut.size(),
                            100 * settings.minAccuracy()));
        }
    }

    @Override
    public void save(Path folder) {
        model.save(folder.resolve(StageTraining.REWARD_MODEL));
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
