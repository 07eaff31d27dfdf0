package io.jenkins.plugins.cascade.model;

import java.util.Arrays;

/** A completion in the making. */
final class Continuation {
    private final int request;
    private final int index;
    private final int[] prompt;
    private final Sampling sampling;
    private final RandomStream random;
    private int[] tokens = new int[16];
    private float[] logProbs = new float[16];
    private int length;
    private boolean stopped;

    Continuation(int request, int index, GenerationRequest source, Sampling sampling) {
        this.request = request;
        this.index = index;
        this.prompt = source.prompt();
        this.sampling = sampling;
        this.random = new RandomStream(source.seed(), index);
    }

    int request() {
        return request;
    }

    int[] prompt() {
        return prompt;
    }

    boolean finished() {
        return stopped || length == sampling.maxNewTokens();
    }

    /** The random number that decides the next token. */
    double uniform() {
        return random.uniform(length);
    }

    /** The token that was added last. */
    int lastToken() {
        return tokens[length - 1];
    }

    void add(int token, float logProb) {
        if (Float.isNaN(logProb)) {
            throw new NumericFailureException(
                    "The model's logits are not numbers; its weights diverged or are damaged.");
        }
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
            logProbs = Arrays.copyOf(logProbs, 2 * length);
        }
        tokens[length] = token;
        logProbs[length] = logProb;
        length++;
        stopped = sampling.stopIds().contains(token);
    }

    Completion toCompletion() {
        return new Completion(request, index, Arrays.copyOf(tokens, length), Arrays.copyOf(logProbs, length), !stopped);
    }
}
