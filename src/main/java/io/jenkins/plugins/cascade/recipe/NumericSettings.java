package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * How a stage computes, and what it takes for a failure of its numbers.
 *
 * @param precision of the layers. Large models are mostly trained in bfloat16; float32 is the default all the same, on every device, because a
 *     result must not depend on the device (which is no part of the content key) and a processor without bfloat16 units is slower with it;
 *     null for that
 * @param savePrecision of the finished model's weights; null for that of the model the stage starts from, float32 where its files differ or
 *     there are none. The checkpoints that a stage is resumed from are always float32
 * @param divergenceRatio SFT and a reward model's training end as diverged when the mean loss of the last 20 steps is this multiple of the
 *     least such mean so far and above the first; 0 for never. The policy's loss is near 0 by construction and is not judged
 */
public record NumericSettings(Precision precision, SavePrecision savePrecision, double divergenceRatio)
        implements Serializable {
    /** Float32, saved as read, diverged at twice the best loss. */
    public static final NumericSettings DEFAULT = new NumericSettings(Precision.FP32, null, 2);

    public NumericSettings {
        precision = precision == null ? Precision.FP32 : precision;
        if (divergenceRatio != 0) {
            Check.atLeast("divergenceRatio", divergenceRatio, 1);
        }
    }

    /** The default but for the precision. */
    public static NumericSettings of(Precision precision) {
        return new NumericSettings(precision, DEFAULT.savePrecision, DEFAULT.divergenceRatio);
    }
}
