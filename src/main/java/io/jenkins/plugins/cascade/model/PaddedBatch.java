package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Token sequences of different length as one rectangle, padded on the right. */
final class PaddedBatch {
    /** Rectangles of {@link #plan} hold at most this many tokens, unless one sequence alone is longer. */
    private static final int TOKENS_AT_ONCE = 8192;

    private final List<int[]> sequences;
    private final int width;

    PaddedBatch(List<int[]> sequences) {
        this.sequences = sequences;
        width = sequences.stream().mapToInt(sequence -> sequence.length).max().orElse(0);
        if (sequences.stream().anyMatch(sequence -> sequence.length == 0)) {
            throw new ModelException("A batch holds a sequence without tokens.");
        }
    }

    /** Rows of sequences of similar length whose rectangles are small enough to be computed at once. */
    static List<int[]> plan(List<int[]> sequences) {
        List<Integer> byLength = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -sequences.get(i).length))
                .toList();
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < byLength.size(); ) {
            int longest = Math.max(1, sequences.get(byLength.get(start)).length);
            int end = Math.min(byLength.size(), start + Math.max(1, TOKENS_AT_ONCE / longest));
            batches.add(byLength.subList(start, end).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
            start = end;
        }
        return batches;
    }

    BatchSize size() {
        return BatchSize.of(sequences.stream().map(sequence -> sequence.length).toList());
    }

    List<int[]> sequences() {
        return sequences;
    }

    /** Token ids [B, T], int64; padding is token 0, which no later position attends to. */
    PtNDArray tokens(PtNDManager owner) {
        long[] ids = new long[sequences.size() * width];
        for (int row = 0; row < sequences.size(); row++) {
            int[] sequence = sequences.get(row);
            for (int t = 0; t < sequence.length; t++) {
                ids[position(row, t)] = sequence[t];
            }
        }
        return (PtNDArray) owner.create(ids, new Shape(sequences.size(), width));
    }

    /** Where token t of a row lies when the rectangle is read row by row. */
    int position(int row, int t) {
        return row * width + t;
    }

    /** The positions of the last token of every row, [B], int64. */
    PtNDArray lastPositions(PtNDManager owner) {
        long[] last = IntStream.range(0, sequences.size())
                .mapToLong(row -> position(row, sequences.get(row).length - 1))
                .toArray();
        return (PtNDArray) owner.create(last);
    }
}
