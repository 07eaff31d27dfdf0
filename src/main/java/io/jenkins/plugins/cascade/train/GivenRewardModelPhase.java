package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.model.RewardModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** In place of a reward model's training, where a finished one is given: one step that measures its accuracy on all pairs. */
final class GivenRewardModelPhase implements Phase {
    private static final String ACCURACY = "heldOutAccuracy";

    private final RewardModel model;
    private final List<PreferencePair> pairs;
    private double accuracy = Double.NaN;

    GivenRewardModelPhase(RewardModel model, List<PreferencePair> pairs) {
        this.model = model;
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return RewardModelPhase.NAME;
    }

    @Override
    public int steps() {
        return 1;
    }

    @Override
    public int checkpointEvery() {
        return 1;
    }

    @Override
    public StepReport step(int step) {
        accuracy = PairAccuracy.of(model, pairs);
        return new StepReport(Map.of(PairAccuracy.METRIC, accuracy), 0, 0);
    }

    /** See {@link PairAccuracy#require}. */
    void requireAccuracy(double least) {
        PairAccuracy.require(accuracy, pairs.size(), least);
    }

    @Override
    public void save(Path folder) {
        // The model is not changed and lies where the specification says.
    }

    @Override
    public JsonNode state() {
        return JsonNodeFactory.instance.objectNode().put(ACCURACY, accuracy);
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        accuracy = state.get(ACCURACY).doubleValue();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
