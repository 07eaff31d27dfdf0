package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.LoraConfig;
import io.jenkins.plugins.cascade.model.RewardModel;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.LoraSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.Seeds;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.nio.file.Path;
import java.util.Optional;

/** What of a stage's models is trained, all weights or an adapter beside them, and how their gradients are computed. */
final class Adaptation {
    private final LoraSettings lora;
    private final boolean gradientCheckpointing;
    private final long seed;

    private Adaptation(LoraSettings lora, boolean gradientCheckpointing, long seed) {
        this.lora = lora;
        this.gradientCheckpointing = gradientCheckpointing;
        this.seed = seed;
    }

    /**
     * As the stage's settings say; nothing is trained in an evaluation.
     *
     * @throws StageFailure when the checkpoint shall be an adapter alone, but the stage does not start from a whole model
     */
    static Adaptation of(StageSpec spec) {
        OptimizerSettings settings = optimizer(spec);
        LoraSettings lora = settings == null ? null : settings.lora();
        if (lora != null
                && !lora.merged()
                && CausalLM.isAdapterAlone(Path.of(spec.model().path()))) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "The stage starts from " + spec.model().path()
                            + ", which is an adapter without its model, and lora(merge:"
                            + " false) would put an adapter on it that no other program can load; leave merge out.");
        }
        boolean again = settings != null && settings.gradientCheckpointing() != null;
        return new Adaptation(lora, again, spec.seed());
    }

    private static OptimizerSettings optimizer(StageSpec spec) {
        if (spec.settings() instanceof SftSettings sft) {
            return sft.optimizer();
        }
        if (spec.settings() instanceof RlhfSettings rlhf) {
            return rlhf.policy().optimizer();
        }
        return spec.settings() instanceof RlvrSettings rlvr ? rlvr.policy().optimizer() : null;
    }

    /** Whether an adapter is trained, and a checkpoint holds nothing else. */
    boolean adapted() {
        return lora != null;
    }

    /** Whether the stage's checkpoint shall be the adapter alone. */
    boolean savedAlone() {
        return adapted() && !lora.merged();
    }

    /** @param state the adapter to go on with, of a checkpoint; empty for a fresh one */
    void apply(CausalLM policy, Optional<Path> state) {
        policy.setGradientCheckpointing(gradientCheckpointing);
        long own = Seeds.of(seed, "lora");
        if (adapted()) {
            state.ifPresentOrElse(folder -> policy.adapt(folder, own), () -> policy.adapt(config(), own));
        }
    }

    /** @param state the adapter and the head to go on with, of a checkpoint; empty for a fresh one */
    void apply(RewardModel model, Optional<Path> state) {
        model.setGradientCheckpointing(gradientCheckpointing);
        long own = Seeds.of(seed, "reward lora");
        if (adapted()) {
            state.ifPresentOrElse(folder -> model.adapt(folder, own), () -> model.adapt(config(), own));
        }
    }

    private LoraConfig config() {
        return new LoraConfig(lora.rank(), lora.alpha(), lora.targets(), lora.dropout());
    }
}
