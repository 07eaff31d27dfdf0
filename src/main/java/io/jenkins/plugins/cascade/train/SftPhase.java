package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.model.WeightedSequence;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Supervised fine-tuning: mean negative log-likelihood of the assistant's tokens of a step (Nemotron-Cascade, section 3.1). */
final class SftPhase implements Phase {
    static final String NAME = "sft";
    private static final String CURSOR = "cursor";

    private final CausalLM model;
    private final List<EncodedChat> data;
    private final SftSettings settings;
    private final EpochOrder order;
    private final Updater updater;
    private long cursor;

    SftPhase(CausalLM model, List<EncodedChat> data, SftSettings settings, long seed) {
        this.model = model;
        this.data = data;
        this.settings = settings;
        this.order = new EpochOrder(seed, NAME, data.size());
        this.updater = new Updater(NAME, model.parameters(), settings.optimizer(), settings.steps());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int steps() {
        return settings.steps();
    }

    @Override
    public int checkpointEvery() {
        return settings.checkpointEvery();
    }

    @Override
    public StepReport step(int step) {
        long start = System.nanoTime();
        List<EncodedChat> batch = nextBatch();
        Updater.Accumulated sum = Updater.accumulate(model, weighted(batch), settings.microBatch(), 1);
        Updater.Update update = updater.apply(step, sum.loss());
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> metrics = Map.of(
                "train/loss",
                update.loss(),
                "train/grad_norm",
                update.gradientNorm(),
                "train/learning_rate",
                update.learningRate(),
                "train/epoch",
                (double) cursor / data.size(),
                "speed/tokens_per_second",
                sum.tokens() / seconds,
                "time/update",
                seconds);
        return new StepReport(metrics, sum.tokens(), 0);
    }

    private List<EncodedChat> nextBatch() {
        List<EncodedChat> batch = new ArrayList<>();
        for (int i = 0; i < settings.batchSize(); i++) {
            batch.add(data.get(order.at(cursor++)));
        }
        return batch;
    }

    /** A weight of 1 / N on each of the N assistant tokens of the batch. */
    static List<WeightedSequence> weighted(List<EncodedChat> batch) {
        int count = batch.stream().mapToInt(DataReader::assistantTokens).sum();
        return batch.stream().map(chat -> weighted(chat, 1f / count)).toList();
    }

    private static WeightedSequence weighted(EncodedChat chat, float weight) {
        float[] weights = new float[chat.tokens().length];
        for (int i = 1; i < weights.length; i++) {
            weights[i] = chat.assistant()[i] ? weight : 0;
        }
        return new WeightedSequence(chat.tokens(), weights);
    }

    @Override
    public void save(Path folder) {
        model.save(folder.resolve(StageTraining.MODEL));
        updater.save(folder);
    }

    @Override
    public JsonNode state() {
        return JsonNodeFactory.instance.objectNode().put(CURSOR, cursor);
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        updater.restore(folder);
        cursor = state.get(CURSOR).longValue();
    }

    @Override
    public void close() {
        updater.close();
    }
}
