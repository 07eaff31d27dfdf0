package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.CausalLM;
import java.nio.file.Path;

/**
 * The policy as it was when the stage began, frozen: what the divergence is measured from. It is loaded from the stage's start model also
 * when a run goes on from a checkpoint.
 */
final class ReferencePolicy implements AutoCloseable {
    private final CausalLM model;

    /**
     * @param start the folder of the model that the stage starts from
     * @param seed of a start model without weights, the same that drew the policy's
     */
    ReferencePolicy(Path start, long seed) {
        model = CausalLM.load(start, seed);
    }

    /** Its log probabilities at a temperature. */
    PolicyBatch.Reference at(double temperature) {
        return sequences -> model.logProbs(sequences, temperature);
    }

    @Override
    public void close() {
        model.close();
    }
}
