package io.jenkins.plugins.cascade.model;

/**
 * One training sequence. {@code weights[t]} multiplies {@code -log p(tokens[t] | tokens[0..t-1])} in the loss; 0 means the token is
 * only context (a prompt). A weight may be negative (an advantage). {@code weights[0]} must be 0: nothing precedes the first token.
 *
 * @param tokens token ids, at least one; handed over, not copied
 * @param weights as many as tokens; handed over, not copied
 * @param anchor the tie to a reference model, or null
 */
public record WeightedSequence(int[] tokens, float[] weights, Anchor anchor) {
    public WeightedSequence {
        if (tokens.length == 0) {
            throw new ModelException("A training sequence has no tokens.");
        }
        requireLength(tokens, weights);
        if (weights[0] != 0) {
            throw new ModelException("The first token of a training sequence has a weight, but nothing precedes it.");
        }
        if (anchor != null) {
            requireLength(tokens, anchor.weights());
            requireLength(tokens, anchor.logProbs());
        }
    }

    /** A sequence without an anchor. */
    public WeightedSequence(int[] tokens, float[] weights) {
        this(tokens, weights, null);
    }

    /** Whether token t has a part in the loss. */
    boolean counts(int t) {
        return weights[t] != 0 || anchor != null && anchor.weights()[t] != 0;
    }

    /** The first token with a part in the loss; the length where there is none. */
    public int firstCounted() {
        int t = 0;
        while (t < tokens.length && !counts(t)) {
            t++;
        }
        return t;
    }

    private static void requireLength(int[] tokens, float[] weights) {
        if (tokens.length != weights.length) {
            throw new ModelException(
                    "A training sequence has " + tokens.length + " tokens but " + weights.length + " weights.");
        }
    }
}
