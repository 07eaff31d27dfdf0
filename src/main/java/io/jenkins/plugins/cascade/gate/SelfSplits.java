package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * The samples of one model on one benchmark, dealt into two halves as if they came from two models: whatever differs between the
 * halves is chance.
 */
final class SelfSplits {

    private final BenchmarkScores scores;
    private final int samples;
    private final int samplesPerSide;

    private SelfSplits(BenchmarkScores scores, int samples) {
        this.scores = scores;
        this.samples = samples;
        this.samplesPerSide = samples / 2;
    }

    /** @throws InvalidScoresException when the items have a single sample each */
    static SelfSplits of(BenchmarkScores scores) throws InvalidScoresException {
        int samples = scores.items().stream()
                .mapToInt(item -> item.samples().size())
                .max()
                .orElse(0);
        if (samples < 2) {
            throw new InvalidScoresException(scores.benchmark()
                    + " cannot be compared with itself: it has one sample an item; evaluate with at least 2, or once more with"
                    + " another seed and give both files.");
        }
        return new SelfSplits(scores, samples);
    }

    /** The samples of two evaluations of the same model together; an item that one of them could not score has none. */
    static BenchmarkScores together(BenchmarkScores first, BenchmarkScores second) {
        Map<String, ItemScores> others = new HashMap<>();
        second.items().forEach(item -> others.put(item.item(), item));
        List<ItemScores> items = new ArrayList<>();
        for (ItemScores item : first.items()) {
            ItemScores other = Objects.requireNonNull(others.get(item.item()), "an item of one evaluation only");
            List<Double> samples = new ArrayList<>(item.samples());
            samples.addAll(other.samples());
            String error = item.error() == null ? other.error() : item.error();
            items.add(new ItemScores(item.item(), item.cluster(), samples, error));
        }
        return new BenchmarkScores(first.benchmark(), first.fingerprint(), items);
    }

    /** Samples an item in all. */
    int samples() {
        return samples;
    }

    int samplesPerSide() {
        return samplesPerSide;
    }

    /**
     * The next way to deal them.
     *
     * @throws InvalidScoresException when the scores are not fit for a comparison
     */
    PairedScores deal(Random random) throws InvalidScoresException {
        List<ItemScores> first = new ArrayList<>();
        List<ItemScores> second = new ArrayList<>();
        for (ItemScores item : scores.items()) {
            List<Double> dealt = new ArrayList<>(item.samples());
            Collections.shuffle(dealt, random);
            first.add(part(item, dealt, 0));
            second.add(part(item, dealt, samplesPerSide));
        }
        return Pairing.pair(scores.benchmark(), with(first), with(second));
    }

    /** An item that was cut short has fewer samples than a side needs and is left out by the pairing. */
    private ItemScores part(ItemScores item, List<Double> dealt, int from) {
        int start = Math.min(from, dealt.size());
        int end = Math.min(from + samplesPerSide, dealt.size());
        return new ItemScores(item.item(), item.cluster(), dealt.subList(start, end), item.error());
    }

    private BenchmarkScores with(List<ItemScores> items) {
        return new BenchmarkScores(scores.benchmark(), scores.fingerprint(), items);
    }
}
