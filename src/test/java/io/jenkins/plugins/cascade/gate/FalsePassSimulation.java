package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How often the gate passes a model that is worse by exactly the margin. The bounds are made as the gate makes them, from scores
 * that are drawn item by item.
 *
 * <p>Run as a program it prints the whole table: {@code bench/reference/gate_false_pass [draws]}.
 */
final class FalsePassSimulation {

    private static final double MARGIN = 0.05;
    private static final double ALPHA = 0.05;

    /** How a benchmark's scores come about. */
    enum Scoring {
        /** One 0/1 sample on each side, 20 % of the items differ. */
        BINARY {
            @Override
            double[] item(SplittableRandom random, double loss, double shared) {
                double draw = random.nextDouble();
                boolean lost = draw < (0.2 + loss) / 2;
                boolean won = !lost && draw < 0.2;
                boolean right = random.nextDouble() < 0.6;
                return new double[] {lost || !won && right ? 1 : 0, won || !lost && right ? 1 : 0};
            }
        },
        /** One 0/1 sample on each side, few items differ and nearly all of them are lost. */
        BINARY_LOSSES {
            @Override
            double[] item(SplittableRandom random, double loss, double shared) {
                double draw = random.nextDouble();
                boolean lost = draw < 0.005 + loss;
                boolean won = !lost && draw < 0.01 + loss;
                return new double[] {won ? 0 : 1, lost ? 0 : 1};
            }
        },
        /** Means of eight samples of items whose ability changes a little. */
        GRADED {
            @Override
            double[] item(SplittableRandom random, double loss, double shared) {
                double ability = 0.2 + 0.7 * random.nextDouble();
                double moved = ability - loss + 0.05 * (2 * random.nextDouble() - 1) + shared;
                return new double[] {mean(random, ability), mean(random, moved)};
            }

            private double mean(SplittableRandom random, double ability) {
                int right = 0;
                for (int i = 0; i < 8; i++) {
                    right += random.nextDouble() < ability ? 1 : 0;
                }
                return right / 8.0;
            }
        },
        /** Graded scores that hardly move, except for one item in twenty that is lost whole. */
        GRADED_LOSSES {
            @Override
            double[] item(SplittableRandom random, double loss, double shared) {
                double noise = (random.nextInt(5) - 2) / 100.0;
                return random.nextDouble() < loss ? new double[] {1, 0} : new double[] {0.5, 0.5 + noise};
            }
        };

        /**
         * Baseline and candidate score of one item, whose mean difference is minus the loss.
         *
         * @param loss what the candidate is worse by, a fraction
         * @param shared what the item's cluster moves by, mean 0
         */
        abstract double[] item(SplittableRandom random, double loss, double shared);
    }

    private FalsePassSimulation() {}

    /** Share of the draws in which a loss of exactly the margin passes. */
    static double falsePasses(Scoring scoring, int items, int clusterSize, int draws, long seed) {
        return passes(scoring, MARGIN, items, clusterSize, draws, seed);
    }

    private static double passes(Scoring scoring, double loss, int items, int clusterSize, int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int passed = 0;
        for (int i = 0; i < draws; i++) {
            PairedScores scores = draw(scoring, loss, items, clusterSize, random);
            Interval interval = Intervals.of(scores, PairedEstimate.of(scores), ALPHA);
            if (Zones.nonInferiority(interval, MARGIN) == GateVerdict.PASS) {
                passed++;
            }
        }
        return passed / (double) draws;
    }

    private static PairedScores draw(
            Scoring scoring, double loss, int items, int clusterSize, SplittableRandom random) {
        List<PairedScores.Pair> pairs = new ArrayList<>();
        double shared = 0;
        double[] copied = new double[0];
        for (int i = 0; i < items; i++) {
            if (i % clusterSize == 0) {
                shared = clusterSize == 1 ? 0 : 0.1 * (2 * random.nextDouble() - 1);
                copied = scoring.item(random, loss, shared);
            }
            boolean sameAsCluster = clusterSize > 1 && scoring == Scoring.BINARY && random.nextDouble() < 0.3;
            double[] item = sameAsCluster || i % clusterSize == 0 ? copied : scoring.item(random, loss, shared);
            String cluster = clusterSize == 1 ? null : Integer.toString(i / clusterSize);
            pairs.add(new PairedScores.Pair(cluster, score(i, item[0]), score(i, item[1])));
        }
        return new PairedScores("simulated", pairs, 1, 1);
    }

    private static ItemScores score(int item, double value) {
        return ItemScores.of(Integer.toString(item), value);
    }

    /** Prints for every scoring, size and clustering how often a loss of the margin passes, and how often no change does. */
    public static void main(String[] arguments) {
        int draws = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        System.out.printf("%-14s %6s %8s %11s %11s%n", "scoring", "items", "cluster", "loss passes", "same passes");
        for (Scoring scoring : Scoring.values()) {
            for (int items : new int[] {30, 100, 500, 2000}) {
                for (int clusterSize : new int[] {1, items == 30 ? 3 : 5}) {
                    print(scoring, items, clusterSize, draws);
                }
            }
        }
    }

    private static void print(Scoring scoring, int items, int clusterSize, int draws) {
        System.out.printf(
                Locale.ROOT,
                "%-14s %6d %8d %10.2f%% %10.2f%%%n",
                scoring,
                items,
                clusterSize,
                100 * passes(scoring, MARGIN, items, clusterSize, draws, 1),
                100 * passes(scoring, 0, items, clusterSize, Math.min(draws, 2_000), 2));
    }
}
