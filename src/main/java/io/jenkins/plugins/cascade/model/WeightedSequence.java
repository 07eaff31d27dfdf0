package io.jenkins.plugins.cascade.model;

/**
 * One training sequence. {@code weights[t]} multiplies {@code -log p(tokens[t] | tokens[0..t-1])} in the loss; 0 means the token is
 * only context (a prompt). A weight may be negative (an advantage). {@code weights[0]} must be 0: nothing precedes the first token.
 *
 * @param tokens token ids, at least one; handed over, not copied
 * @param weights as many as tokens; handed over, not copied
 */
public record WeightedSequence(int[] tokens, float[] weights) {
    public WeightedSequence {
        if (tokens.length == 0) {
            throw new ModelException("A training sequence has no tokens.");
        }
        if (tokens.length != weights.length) {
            throw new ModelException(
                    "A training sequence has " + tokens.length + " tokens but " + weights.length + " weights.");
        }
        if (weights[0] != 0) {
            throw new ModelException("The first token of a training sequence has a weight, but nothing precedes it.");
        }
    }
}
