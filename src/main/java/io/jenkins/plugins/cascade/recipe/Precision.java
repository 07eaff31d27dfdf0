package io.jenkins.plugins.cascade.recipe;

/** What a model's layers compute in; its weights, gradients and the optimizer's states are float32 in either. */
public enum Precision {
    /** float32 throughout. */
    FP32,
    /** bfloat16 with float32 inside norms, softmax and losses. */
    BF16;

    /** {@code fp32} or {@code bf16}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
