package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/** What must hold for any scores. */
class GatePropertiesTest {

    private static final int TRIES = 100;
    private static final double EXACT = 1e-9;

    @Property(tries = TRIES)
    void theOtherWayRoundTheBoundsAreMirrored(@ForAll("comparisons") Pair pair) {
        BenchmarkDecision forth = decide(pair.baseline, pair.candidate, 0.05);
        BenchmarkDecision back = decide(pair.candidate, pair.baseline, 0.05);

        Assertions.assertEquals(forth.difference(), -back.difference(), EXACT);
        Assertions.assertEquals(forth.lower(), -back.upper(), EXACT);
        Assertions.assertEquals(forth.standardError(), back.standardError(), EXACT);
    }

    @Property(tries = TRIES)
    void aWiderMarginIsNeverHarderToPassUnlessAllOfTheScoreMayBeLostWithinIt(
            @ForAll("comparisons") Pair pair,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double narrow,
            @ForAll @DoubleRange(min = 0, max = 0.4) double more) {
        GateVerdict strict = decide(pair.baseline, pair.candidate, narrow).verdict();
        BenchmarkDecision wide = decide(pair.baseline, pair.candidate, narrow + more);
        GateVerdict loose = wide.verdict();

        if (wide.baseline() < narrow + more) {
            Assertions.assertEquals(GateVerdict.INCONCLUSIVE, loose, wide.sentence());
        } else {
            Assertions.assertTrue(rank(loose) >= rank(strict), strict + " became " + loose);
        }
    }

    @Property(tries = TRIES)
    void theOrderOfTheItemsChangesNothing(@ForAll("comparisons") Pair pair, @ForAll Random random) {
        List<ItemScores> shuffled = new ArrayList<>(pair.candidate);
        Collections.shuffle(shuffled, random);

        Assertions.assertEquals(decide(pair.baseline, pair.candidate, 0.05), decide(pair.baseline, shuffled, 0.05));
    }

    @Property(tries = TRIES)
    void theBoundsHoldTheDifferenceAndStayInRange(@ForAll("comparisons") Pair pair) {
        BenchmarkDecision decision = decide(pair.baseline, pair.candidate, 0.05);

        Assertions.assertTrue(decision.lower() <= decision.difference() + EXACT, decision.toString());
        Assertions.assertTrue(decision.upper() >= decision.difference() - EXACT, decision.toString());
        Assertions.assertTrue(decision.standardError() >= 0);
        Assertions.assertEquals(decision.candidate() - decision.baseline(), decision.difference(), EXACT);
    }

    @Property(tries = TRIES)
    void anyCorruptionIsAnErrorAndNeverAPass(
            @ForAll("comparisons") Pair pair,
            @ForAll Corruption corruption,
            @ForAll @IntRange(min = 0, max = 10_000) int where) {
        List<ItemScores> candidate = new ArrayList<>(pair.candidate);
        corruption.apply(candidate, where % candidate.size());
        Assume.that(!candidate.equals(pair.candidate));

        Assertions.assertEquals(
                GateVerdict.ERROR, decide(pair.baseline, candidate, 0.9).verdict(), corruption.name());
    }

    /** Ways in which an evaluation comes out damaged. */
    enum Corruption {
        LOST_ITEM {
            @Override
            void apply(List<ItemScores> items, int index) {
                items.remove(index);
            }
        },
        DOUBLED_ITEM {
            @Override
            void apply(List<ItemScores> items, int index) {
                items.add(items.get(index));
            }
        },
        RENAMED_ITEM {
            @Override
            void apply(List<ItemScores> items, int index) {
                ItemScores item = items.get(index);
                items.set(index, new ItemScores(item.item() + "?", item.cluster(), item.samples(), null));
            }
        },
        NOT_A_NUMBER {
            @Override
            void apply(List<ItemScores> items, int index) {
                replace(items, index, Double.NaN);
            }
        },
        PERCENT {
            @Override
            void apply(List<ItemScores> items, int index) {
                replace(items, index, 100.0);
            }
        },
        EMPTIED {
            @Override
            void apply(List<ItemScores> items, int index) {
                for (int i = 0; i < items.size(); i++) {
                    ItemScores item = items.get(i);
                    items.set(i, new ItemScores(item.item(), item.cluster(), List.of(), null));
                }
            }
        };

        abstract void apply(List<ItemScores> items, int index);

        private static void replace(List<ItemScores> items, int index, double score) {
            ItemScores item = items.get(index);
            List<Double> samples = new ArrayList<>(item.samples());
            samples.set(0, score);
            items.set(index, new ItemScores(item.item(), item.cluster(), samples, null));
        }
    }

    /** Both sides of a comparison. */
    record Pair(List<ItemScores> baseline, List<ItemScores> candidate) {}

    @Provide
    Arbitrary<Pair> comparisons() {
        return Combinators.combine(
                        Arbitraries.integers().between(6, 120),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.longs())
                .as(GatePropertiesTest::draw);
    }

    private static Pair draw(int items, int samples, int clusterSize, double change, long seed) {
        Random random = new Random(seed);
        List<ItemScores> baseline = new ArrayList<>();
        List<ItemScores> candidate = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            double ability = random.nextDouble();
            double moved = random.nextDouble() < change ? random.nextDouble() : ability;
            String cluster = clusterSize == 1 ? null : Integer.toString(i / clusterSize);
            baseline.add(new ItemScores(Integer.toString(i), cluster, samples(random, samples, ability), null));
            candidate.add(new ItemScores(Integer.toString(i), cluster, samples(random, samples, moved), null));
        }
        return new Pair(baseline, candidate);
    }

    private static List<Double> samples(Random random, int count, double ability) {
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(random.nextDouble() < ability ? 1.0 : 0.0);
        }
        return samples;
    }

    private static BenchmarkDecision decide(List<ItemScores> baseline, List<ItemScores> candidate, double margin) {
        Map<String, BenchmarkScores> left = Scores.of("b", baseline);
        Map<String, BenchmarkScores> right = Scores.of("b", candidate);
        return new GateEvaluator()
                .evaluate(left, right, GatePolicy.of(Gate.protect("b", margin)), 1)
                .benchmarks()
                .get(0);
    }

    private static int rank(GateVerdict verdict) {
        return switch (verdict) {
            case REGRESSED -> 0;
            case INCONCLUSIVE -> 1;
            case PASS -> 2;
            case ERROR -> throw new AssertionError("valid scores gave an error");
        };
    }
}
