package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;

/** Sequences of different length laid end to end, without padding, and the predictions of them that count. */
final class PackedBatch {
    private final long[] tokens;
    private final long[] positions;
    private final long[] lengths;
    private final long[] at;
    private final long[] ids;
    private final float[] weights;
    private int count;

    PackedBatch(List<WeightedSequence> sequences) {
        int all = sequences.stream()
                .mapToInt(sequence -> sequence.tokens().length)
                .sum();
        tokens = new long[all];
        positions = new long[all];
        lengths = new long[sequences.size()];
        at = new long[all];
        ids = new long[all];
        weights = new float[all];
        int start = 0;
        for (int i = 0; i < sequences.size(); i++) {
            WeightedSequence sequence = sequences.get(i);
            if (sequence.anchor() != null) {
                throw new ModelException("A sequence with an anchor cannot be laid end to end with others.");
            }
            lengths[i] = sequence.tokens().length;
            for (int t = 0; t < sequence.tokens().length; t++) {
                tokens[start + t] = sequence.tokens()[t];
                positions[start + t] = t;
                if (sequence.weights()[t] != 0) {
                    add(start + t - 1, sequence.tokens()[t], sequence.weights()[t]);
                }
            }
            start += sequence.tokens().length;
        }
    }

    private void add(int from, int token, float weight) {
        at[count] = from;
        ids[count] = token;
        weights[count] = weight;
        count++;
    }

    /** How many predictions count. */
    int count() {
        return count;
    }

    /** Token ids [1, N], positions within the sequences [N] and lengths of the sequences [S], all int64. */
    List<PtNDArray> sequences(PtNDManager owner) {
        return List.of(
                (PtNDArray) owner.create(tokens, new Shape(1, tokens.length)),
                (PtNDArray) owner.create(positions),
                (PtNDArray) owner.create(lengths));
    }

    /** What counts in the loss: from where each prediction is made, the predicted tokens, their weights. */
    List<PtNDArray> targets(PtNDManager owner, PtNDArray temperature) {
        return List.of(
                (PtNDArray) owner.create(Arrays.copyOf(at, count)),
                (PtNDArray) owner.create(Arrays.copyOf(ids, count)),
                temperature,
                (PtNDArray) owner.create(Arrays.copyOf(weights, count)),
                TrainingPass.none(owner),
                TrainingPass.none(owner));
    }
}
