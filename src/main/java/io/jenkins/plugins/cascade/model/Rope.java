package io.jenkins.plugins.cascade.model;

/**
 * Rotary position embedding (RoFormer, arXiv 2104.09864), with the rescalings that configurations call {@code linear} and
 * {@code llama3}.
 *
 * @param theta base of the wavelengths
 * @param scaling how the frequencies are changed for long contexts
 */
public record Rope(double theta, Scaling scaling) {

    /** Changes a frequency, in radians a token. */
    public sealed interface Scaling permits None, Linear, Llama3 {
        double apply(double frequency);
    }

    /** Frequencies stay as they are. */
    public record None() implements Scaling {
        @Override
        public double apply(double frequency) {
            return frequency;
        }
    }

    /**
     * Position interpolation: all frequencies divided by the factor.
     *
     * @param factor at least 1
     */
    public record Linear(double factor) implements Scaling {
        @Override
        public double apply(double frequency) {
            return frequency / factor;
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
        public double apply(double frequency) {
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

    /** Frequencies of the {@code headDim / 2} pairs of a head, in radians a token. */
    float[] frequencies(int headDim) {
        float[] frequencies = new float[headDim / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) scaling.apply(Math.pow(theta, -2.0 * i / headDim));
        }
        return frequencies;
    }
}
