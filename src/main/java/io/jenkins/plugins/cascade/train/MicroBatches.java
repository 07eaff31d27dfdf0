package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.WeightedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the sequences of a step are dealt out to forward passes; the sum of the gradients is the same up to rounding. */
final class MicroBatches {
    private static final Comparator<WeightedSequence> LONGEST_FIRST = Comparator.comparingInt(
                    (WeightedSequence sequence) -> sequence.tokens().length)
            .reversed();

    private MicroBatches() {}

    /** {@code most} sequences at a time, sequences of like length together. */
    static List<List<WeightedSequence>> byLength(List<WeightedSequence> sequences, int most) {
        return parts(sequences.stream().sorted(LONGEST_FIRST).toList(), most);
    }

    /** As many sequences at a time as have {@code tokens} tokens together, at least one, in their order. */
    static List<List<WeightedSequence>> byTokens(List<WeightedSequence> sequences, long tokens) {
        List<List<WeightedSequence>> batches = new ArrayList<>();
        List<WeightedSequence> batch = new ArrayList<>();
        long held = 0;
        for (WeightedSequence sequence : sequences) {
            if (!batch.isEmpty() && held + sequence.tokens().length > tokens) {
                batches.add(batch);
                batch = new ArrayList<>();
                held = 0;
            }
            batch.add(sequence);
            held += sequence.tokens().length;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** Whole groups that share a prompt, {@code most} sequences at a time; a larger group is parted. */
    static List<List<WeightedSequence>> byPrompt(List<WeightedSequence> sequences, int most) {
        Map<List<Integer>, List<WeightedSequence>> groups = new LinkedHashMap<>();
        for (WeightedSequence sequence :
                sequences.stream().sorted(LONGEST_FIRST).toList()) {
            List<Integer> prompt = Arrays.stream(sequence.tokens(), 0, sequence.firstCounted())
                    .boxed()
                    .toList();
            groups.computeIfAbsent(prompt, first -> new ArrayList<>()).add(sequence);
        }
        List<List<WeightedSequence>> batches = new ArrayList<>();
        List<WeightedSequence> batch = new ArrayList<>();
        for (List<WeightedSequence> group : groups.values()) {
            for (List<WeightedSequence> part : parts(group, most)) {
                if (batch.size() + part.size() > most) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                }
                batch.addAll(part);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static List<List<WeightedSequence>> parts(List<WeightedSequence> sequences, int most) {
        List<List<WeightedSequence>> parts = new ArrayList<>();
        for (int from = 0; from < sequences.size(); from += most) {
            parts.add(sequences.subList(from, Math.min(from + most, sequences.size())));
        }
        return parts;
    }
}
