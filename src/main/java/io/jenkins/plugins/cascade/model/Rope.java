package io.jenkins.plugins.cascade.model;

/**
 * Rotary position embedding (RoFormer, arXiv 2104.09864), with the rescalings that configurations call {@code linear},
 * {@code llama3} and {@code yarn}.
 *
 * @param theta base of the wavelengths
 * @param scaling how the frequencies are changed for long contexts
 */
public record Rope(double theta, Scaling scaling) {

    /**
     * Two of a head's dimensions that turn together.
     *
     * @param index from 0, the fastest
     * @param headDim width of the head
     * @param theta base of the wavelengths
     */
    public record Pair(int index, int headDim, double theta) {
        /** Without scaling, in radians a token. */
        public double frequency() {
            return Math.pow(theta, -2.0 * index / headDim);
        }
    }

    /** Changes the frequencies. */
    public sealed interface Scaling permits None, Linear, Llama3, Yarn {
        /** The frequency of a pair, in radians a token. */
        double apply(Pair pair);

        /** What cosines and sines are multiplied by, and so, squared, the attention's logits. */
        default double attentionFactor() {
            return 1;
        }
    }

    /** Frequencies stay as they are. */
    public record None() implements Scaling {
        @Override
        public double apply(Pair pair) {
            return pair.frequency();
        }
    }

    /**
     * Position interpolation: all frequencies divided by the factor.
     *
     * @param factor at least 1
     */
    public record Linear(double factor) implements Scaling {
        @Override
        public double apply(Pair pair) {
            return pair.frequency() / factor;
        }
    }

    /**
     * Llama 3.1's rule: wavelengths longer than {@code originalPositions / lowFrequencyFactor} are stretched by the factor, those
     * shorter than {@code originalPositions / highFrequencyFactor} stay, those between are blended linearly.
     *
     * @param factor of the stretch
     * @param lowFrequencyFactor fewest turns within the original context that are blended
     * @param highFrequencyFactor turns from which a frequency stays
     * @param originalPositions context length of the first training, in tokens
     */
    public record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, double originalPositions)
            implements Scaling {
        @Override
        public double apply(Pair pair) {
            double frequency = pair.frequency();
            double turns = originalPositions * frequency / (2 * Math.PI);
            if (turns < lowFrequencyFactor) {
                return frequency / factor;
            }
            if (turns > highFrequencyFactor) {
                return frequency;
            }
            double blend = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            return (1 - blend) * frequency / factor + blend * frequency;
        }
    }

    /**
     * YaRN (arXiv 2309.00071) as transformers computes it: pairs that turn more than {@code betaFast} times within the original context
     * keep their frequency, those that turn less than {@code betaSlow} times are divided by the factor, those between are blended linearly
     * over their index.
     *
     * @param factor of the stretch
     * @param originalPositions context length of the first training, in tokens
     * @param betaFast turns from which a frequency stays
     * @param betaSlow turns up to which a frequency is divided by the whole factor
     * @param truncate whether the ends of the blend are rounded outwards to whole pairs
     * @param attentionFactor of cosines and sines
     */
    public record Yarn(
            double factor,
            double originalPositions,
            double betaFast,
            double betaSlow,
            boolean truncate,
            double attentionFactor)
            implements Scaling {
        /** Keeps the blend's width above 0. */
        private static final double LEAST_WIDTH = 0.001;

        @Override
        public double apply(Pair pair) {
            double fast = pairThatTurns(betaFast, pair);
            double slow = pairThatTurns(betaSlow, pair);
            double low = Math.max(truncate ? Math.floor(fast) : fast, 0);
            double high = Math.min(truncate ? Math.ceil(slow) : slow, pair.headDim - 1.0);
            double width = low == high ? LEAST_WIDTH : high - low;
            double interpolated = Math.min(1, Math.max(0, (pair.index - low) / width));
            return pair.frequency() * (interpolated / factor + 1 - interpolated);
        }

        /** The index, not a whole number, of the pair with this many turns within the original context. */
        private double pairThatTurns(double turns, Pair pair) {
            return pair.headDim * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(pair.theta));
        }

        /** The paper's {@code 0.1 ln(factor) + 1}, the logarithm weighted; 1 where nothing is stretched. */
        static double magnitude(double factor, double weight) {
            return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
        }
    }

    /** What cosines and sines are multiplied by. */
    double attentionFactor() {
        return scaling.attentionFactor();
    }

    /** Frequencies of the {@code headDim / 2} pairs of a head, in radians a token. */
    float[] frequencies(int headDim) {
        float[] frequencies = new float[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) scaling.apply(new Pair(i, headDim, theta));
        }
        return frequencies;
    }
}
