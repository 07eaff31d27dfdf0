package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;

/** The predictions of a batch that count: from where, of which token, with what weight. */
final class Targets {
    private final PaddedBatch batch;
    private final long[] at;
    private final long[] ids;
    private final float[] weights;
    private final float[] anchors;
    private final float[] references;
    private boolean anchored;
    private int count;

    private Targets(PaddedBatch batch) {
        this.batch = batch;
        int tokens =
                batch.sequences().stream().mapToInt(sequence -> sequence.length).sum();
        at = new long[tokens];
        ids = new long[tokens];
        weights = new float[tokens];
        anchors = new float[tokens];
        references = new float[tokens];
    }

    /** Every token but the first of each sequence. */
    static Targets all(PaddedBatch batch) {
        Targets targets = new Targets(batch);
        for (int row = 0; row < batch.sequences().size(); row++) {
            for (int t = 1; t < batch.sequences().get(row).length; t++) {
                targets.add(row, t, 1);
            }
        }
        return targets;
    }

    /** The tokens with a weight, of their own or of an anchor, other than 0. */
    static Targets weighted(PaddedBatch batch, List<WeightedSequence> sequences) {
        Targets targets = new Targets(batch);
        targets.anchored = sequences.stream().anyMatch(sequence -> sequence.anchor() != null);
        if (targets.anchored && sequences.stream().anyMatch(sequence -> sequence.anchor() == null)) {
            throw new ModelException("Some sequences of a batch have an anchor and some have none.");
        }
        for (int row = 0; row < sequences.size(); row++) {
            targets.add(row, sequences.get(row));
        }
        return targets;
    }

    private void add(int row, WeightedSequence sequence) {
        for (int t = 1; t < sequence.weights().length; t++) {
            if (sequence.counts(t)) {
                if (anchored) {
                    anchors[count] = sequence.anchor().weights()[t];
                    references[count] = sequence.anchor().logProbs()[t];
                }
                add(row, t, sequence.weights()[t]);
            }
        }
    }

    private void add(int row, int t, float weight) {
        at[count] = batch.position(row, t - 1);
        ids[count] = batch.sequences().get(row)[t];
        weights[count] = weight;
        count++;
    }

    int count() {
        return count;
    }

    PtNDArray at(PtNDManager owner) {
        return (PtNDArray) owner.create(Arrays.copyOf(at, count));
    }

    PtNDArray ids(PtNDManager owner) {
        return (PtNDArray) owner.create(Arrays.copyOf(ids, count));
    }

    /** Whether the sequences are tied to a reference model. */
    boolean anchored() {
        return anchored;
    }

    /** What counts in the loss. */
    List<PtNDArray> inputs(PtNDManager owner, PtNDArray temperature) {
        return List.of(
                at(owner),
                ids(owner),
                temperature,
                (PtNDArray) owner.create(Arrays.copyOf(weights, count)),
                anchored ? (PtNDArray) owner.create(Arrays.copyOf(anchors, count)) : TrainingPass.none(owner),
                anchored ? (PtNDArray) owner.create(Arrays.copyOf(references, count)) : TrainingPass.none(owner));
    }

    /** Values of {@link #all} targets as one row a sequence, with 0 for the first token. */
    float[][] split(float[] values) {
        float[][] rows = new float[batch.sequences().size()][];
        int next = 0;
        for (int row = 0; row < rows.length; row++) {
            int length = batch.sequences().get(row).length;
            rows[row] = new float[length];
            System.arraycopy(values, next, rows[row], 1, length - 1);
            next += length - 1;
        }
        return rows;
    }
}
