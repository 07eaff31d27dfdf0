package io.jenkins.plugins.cascade.recipe;

/** What a finished model's weights are written in. */
public enum SavePrecision {
    /** float32: what training computed, to the last bit. */
    FP32,
    /** bfloat16: half the size; updates smaller than 1/256 of a weight are rounded away. */
    BF16,
    /** IEEE half precision: half the size; weights beyond 65504 are refused. */
    FP16;

    /** {@code fp32}, {@code bf16} or {@code fp16}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
