package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sequences as answers to prompts, where a prompt is what stands before the first token that counts. Equal prompts are one row, padded on the
 * left; answers are padded on the right. An answer's last token predicts nothing and is no input.
 */
final class SharedPromptBatch {
    private final List<int[]> prompts = new ArrayList<>();
    private final List<int[]> answers = new ArrayList<>();
    private final long[] rows;
    private final int promptWidth;
    private final int answerWidth;
    private final long[] at;
    private final long[] ids;
    private final float[] weights;
    private final float[] anchors;
    private final float[] references;
    private final boolean anchored;
    private int count;

    /** @param sequences at least one token of each counts; all have an anchor or none */
    SharedPromptBatch(List<WeightedSequence> sequences) {
        rows = new long[sequences.size()];
        anchored = sequences.get(0).anchor() != null;
        Map<List<Integer>, Integer> known = new LinkedHashMap<>();
        int all = 0;
        for (int i = 0; i < rows.length; i++) {
            WeightedSequence sequence = sequences.get(i);
            int start = sequence.firstCounted();
            int[] prompt = Arrays.copyOf(sequence.tokens(), start);
            Integer row = known.putIfAbsent(Arrays.stream(prompt).boxed().toList(), prompts.size());
            rows[i] = row == null ? prompts.size() : row;
            if (row == null) {
                prompts.add(prompt);
            }
            answers.add(Arrays.copyOfRange(sequence.tokens(), start, sequence.tokens().length));
            all += sequence.tokens().length - start;
        }
        promptWidth = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        answerWidth = Math.max(
                1, answers.stream().mapToInt(answer -> answer.length - 1).max().orElseThrow());
        at = new long[all];
        ids = new long[all];
        weights = new float[all];
        anchors = new float[anchored ? all : 0];
        references = new float[anchored ? all : 0];
        for (int i = 0; i < rows.length; i++) {
            add(i, sequences.get(i));
        }
    }

    private void add(int i, WeightedSequence sequence) {
        int start = sequence.firstCounted();
        for (int t = start; t < sequence.tokens().length; t++) {
            if (sequence.counts(t)) {
                at[count] = t == start ? rows[i] : prompts.size() + (long) i * answerWidth + t - start - 1;
                ids[count] = sequence.tokens()[t];
                weights[count] = sequence.weights()[t];
                if (anchored) {
                    anchors[count] = sequence.anchor().weights()[t];
                    references[count] = sequence.anchor().logProbs()[t];
                }
                count++;
            }
        }
    }

    /** How many predictions count. */
    int count() {
        return count;
    }

    /** Elements of the mask between answers and what they attend to. */
    long maskSize() {
        return (long) answers.size() * answerWidth * (promptWidth + answerWidth);
    }

    boolean anchored() {
        return anchored;
    }

    /** Prompts, their padding, answers and the rows of their prompts. */
    List<PtNDArray> sequences(PtNDManager owner) {
        return List.of(promptTokens(owner), (PtNDArray) owner.create(pads()), answerTokens(owner), (PtNDArray)
                owner.create(rows));
    }

    /** What counts in the loss. */
    List<PtNDArray> targets(PtNDManager owner, PtNDArray temperature) {
        return List.of(
                (PtNDArray) owner.create(Arrays.copyOf(at, count)),
                (PtNDArray) owner.create(Arrays.copyOf(ids, count)),
                temperature,
                (PtNDArray) owner.create(Arrays.copyOf(weights, count)),
                anchored ? (PtNDArray) owner.create(Arrays.copyOf(anchors, count)) : TrainingPass.none(owner),
                anchored ? (PtNDArray) owner.create(Arrays.copyOf(references, count)) : TrainingPass.none(owner));
    }

    private long[] pads() {
        return prompts.stream().mapToLong(prompt -> promptWidth - prompt.length).toArray();
    }

    private PtNDArray promptTokens(PtNDManager owner) {
        long[] tokens = new long[prompts.size() * promptWidth];
        for (int row = 0; row < prompts.size(); row++) {
            int[] prompt = prompts.get(row);
            for (int t = 0; t < prompt.length; t++) {
                tokens[(row + 1) * promptWidth - prompt.length + t] = prompt[t];
            }
        }
        return (PtNDArray) owner.create(tokens, new Shape(prompts.size(), promptWidth));
    }

    private PtNDArray answerTokens(PtNDManager owner) {
        long[] tokens = new long[answers.size() * answerWidth];
        for (int i = 0; i < answers.size(); i++) {
            int[] answer = answers.get(i);
            for (int t = 0; t < answer.length - 1; t++) {
                tokens[i * answerWidth + t] = answer[t];
            }
        }
        return (PtNDArray) owner.create(tokens, new Shape(answers.size(), answerWidth));
    }
}
