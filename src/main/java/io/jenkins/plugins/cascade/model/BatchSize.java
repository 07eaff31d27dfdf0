package io.jenkins.plugins.cascade.model;

import java.util.Collection;
import java.util.List;

/**
 * How much was to be computed at once, for the sentence of a failure.
 *
 * @param sequences sequences
 * @param tokens their tokens together, without padding
 * @param longest tokens of the longest
 */
public record BatchSize(int sequences, long tokens, int longest) {

    /** That of sequences of these lengths. */
    public static BatchSize of(Collection<Integer> lengths) {
        return new BatchSize(
                lengths.size(),
                lengths.stream().mapToLong(Integer::longValue).sum(),
                lengths.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    /** That of training sequences. */
    public static BatchSize ofWeighted(List<WeightedSequence> batch) {
        return of(batch.stream().map(sequence -> sequence.tokens().length).toList());
    }

    @Override
    public String toString() {
        return sequences + " sequences of together " + tokens + " tokens, the longest " + longest;
    }
}
