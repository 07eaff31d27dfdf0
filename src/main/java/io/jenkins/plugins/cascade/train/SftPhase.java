package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.model.BatchSize;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.model.WeightedSequence;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Supervised fine-tuning: mean negative log-likelihood of the assistant's tokens of a step (Nemotron-Cascade, section 3.1). Its phases with
 * their own data count their steps together; each has a fresh optimizer.
 */
final class SftPhase implements Phase {
    static final String NAME = "sft";

    private static final String CURSOR = "cursor";
    private static final String PHASE = "phase";

    private final CausalLM model;
    private final List<List<EncodedChat>> data;
    private final SftSettings settings;
    private final List<SftPhaseSettings> phases;
    private final long seed;
    private int phase;
    private int stepsBefore;
    private EpochOrder order;
    private Updater updater;
    private long cursor;

    /**
     * @param data the conversations of every phase
     * @param phases the phases
     */
    SftPhase(
            CausalLM model,
            List<List<EncodedChat>> data,
            SftSettings settings,
            List<SftPhaseSettings> phases,
            long seed) {
        this.model = model;
        this.data = data;
        this.settings = settings;
        this.phases = phases;
        this.seed = seed;
        begin(0);
    }

    private void begin(int number) {
        phase = number;
        stepsBefore = phases.subList(0, number).stream()
                .mapToInt(SftPhaseSettings::steps)
                .sum();
        cursor = 0;
        String name = number == 0 ? NAME : NAME + "-" + (number + 1);
        order = new EpochOrder(seed, name, data.get(number).size());
        SftPhaseSettings now = phases.get(number);
        updater = new Updater(NAME, model.parameters(), now.optimizer(), now.steps());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int steps() {
        return phases.stream().mapToInt(SftPhaseSettings::steps).sum();
    }

    @Override
    public int checkpointEvery() {
        return settings.checkpointEvery();
    }

    @Override
    public StepReport step(int step) {
        if (step > stepsBefore + phases.get(phase).steps()) {
            updater.close();
            begin(phase + 1);
        }
        long start = System.nanoTime();
        List<EncodedChat> batch = nextBatch();
        List<WeightedSequence> sequences = weighted(batch);
        Updater.Accumulated sum = settings.packing()
                ? Updater.accumulatePacked(model, sequences, tokensAtOnce())
                : Updater.accumulate(model, sequences, settings.microBatch(), 1);
        Updater.Update update = updater.apply(step - stepsBefore, sum.loss(), BatchSize.ofWeighted(sequences));
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "train/loss",
                update.loss(),
                "train/grad_norm",
                update.gradientNorm(),
                "train/learning_rate",
                update.learningRate(),
                "train/epoch",
                (double) cursor / data.get(phase).size(),
                "train/entropy",
                sum.entropy(),
                "speed/tokens_per_second",
                sum.tokens() / seconds,
                "time/update",
                seconds));
        if (phases.size() > 1) {
            metrics.put("train/phase", phase + 1.0);
        }
        return new StepReport(metrics, sum.tokens(), 0);
    }

    private long tokensAtOnce() {
        return (long) settings.microBatch() * phases.get(phase).maxTokens();
    }

    private List<EncodedChat> nextBatch() {
        List<EncodedChat> batch = new ArrayList<>();
        for (int i = 0; i < phases.get(phase).batchSize(); i++) {
            batch.add(data.get(phase).get(order.at(cursor++)));
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
        model.saveState(folder.resolve(StageTraining.MODEL));
        updater.save(folder);
    }

    @Override
    public JsonNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put(CURSOR, cursor);
        return phase == 0 ? state : state.put(PHASE, phase);
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        int number = state.path(PHASE).asInt(0);
        if (number != phase) {
            updater.close();
            begin(number);
        }
        updater.restore(folder);
        cursor = state.get(CURSOR).longValue();
    }

    @Override
    public void close() {
        updater.close();
    }
}
