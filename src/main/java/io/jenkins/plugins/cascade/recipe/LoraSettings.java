package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;
import java.util.List;

/**
 * Low-rank adaptation (Hu et al., arXiv 2106.09685): the weights stay as they are, a matrix product of low rank beside them is trained. The
 * paper trains all weights; the defaults are ours.
 *
 * @param rank rank of the product, at least 1
 * @param alpha the product is scaled by {@code alpha / rank}; above 0
 * @param targets names of the adapted projections of every layer, of {@link #ALL_LINEAR}
 * @param dropout share of the product's inputs that a training pass leaves out, at least 0, below 1
 * @param merge false where the stage's checkpoint is the adapter alone; null for a whole model with the adapter added to its weights
 */
public record LoraSettings(int rank, double alpha, List<String> targets, double dropout, Boolean merge)
        implements Serializable {
    /** All projections of a layer; PEFT's {@code all-linear}. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** Rank 16, alpha 32, all projections, no dropout. */
    public static final LoraSettings DEFAULT = new LoraSettings(16, 32, ALL_LINEAR, 0, null);

    /** Whether the stage's checkpoint is a whole model. */
    public boolean merged() {
        return merge == null;
    }

    /** The targets are kept in the order of {@link #ALL_LINEAR}, each once. */
    public LoraSettings {
        Check.atLeast("rank", rank, 1);
        Check.positive("alpha", alpha);
        Check.fraction("dropout", dropout);
        List<String> given = List.copyOf(targets);
        if (given.isEmpty() || !ALL_LINEAR.containsAll(given)) {
            throw new IllegalArgumentException("The LoRA targets are " + given + "; they must be one or more of "
                    + String.join(", ", ALL_LINEAR) + ".");
        }
        if (dropout == 1) {
            throw new IllegalArgumentException("The LoRA dropout is 1; it must be below 1, or nothing is trained.");
        }
        merge = Boolean.FALSE.equals(merge) ? Boolean.FALSE : null;
        targets = ALL_LINEAR.stream().filter(given::contains).toList();
    }
}
