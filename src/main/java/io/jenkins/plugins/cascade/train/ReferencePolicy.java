package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Compute;
import java.nio.file.Path;

/**
 * The policy as it was when the stage began, frozen: what the divergence is measured from. It is loaded from the stage's start model also
 * when a run goes on from a checkpoint; beside an adapter the policy has it already.
 */
final class ReferencePolicy implements AutoCloseable {
    private final CausalLM model;
    private final boolean adapted;

    /**
     * @param start the folder of the model that the stage starts from
     * @param seed of a start model without weights, the same that drew the policy's
     * @param compute as the policy does
     */
    ReferencePolicy(Path start, long seed, Compute compute) {
        model = CausalLM.load(start, seed, compute);
        adapted = false;
    }

    /** The frozen weights of a policy with an adapter; no second model is loaded. */
    ReferencePolicy(CausalLM policy) {
        model = policy;
        adapted = true;
    }

    /** Its log probabilities at a temperature. */
    PolicyBatch.Reference at(double temperature) {
        return adapted
                ? sequences -> model.frozenLogProbs(sequences, temperature)
                : sequences -> model.logProbs(sequences, temperature);
    }

    @Override
    public void close() {
        if (!adapted) {
            model.close();
        }
    }
}
