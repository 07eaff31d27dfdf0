package io.jenkins.plugins.cascade.model;

import ai.djl.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and in what arithmetic a model computes. Weights, gradients and optimizer states are float32 in either. In bfloat16 every layer works
 * on bfloat16 copies of its weights, as transformers does with {@code dtype=bfloat16}: matrix products, attention and the residual stream are
 * bfloat16; norms compute in float32 inside; softmax, losses and a reward model's score are float32.
 *
 * @param device where the tensors lie
 * @param precision {@link ElementType#F32} or {@link ElementType#BF16}
 */
public record Compute(Device device, ElementType precision) {
    /** Float32 on the processor. */
    public static final Compute CPU = new Compute(Device.cpu(), ElementType.F32);

    private static final Pattern DEVICE = Pattern.compile("cpu|cuda(?::(\\d{1,3}))?");

    public Compute {
        if (precision == ElementType.F16) {
            throw new ModelException("A model computes in fp32 or bf16; fp16 is a type to save weights in only.");
        }
    }

    /**
     * By the words of a stage's arguments.
     *
     * @param device {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:N}
     * @param precision {@code fp32} or {@code bf16}
     * @throws ModelException if a word is none of these
     */
    public static Compute of(String device, String precision) {
        Matcher words = DEVICE.matcher(device);
        if (!words.matches()) {
            throw new ModelException("The device '" + device + "' is not known; use 'cpu', 'cuda' or 'cuda:N'.");
        }
        int number = words.group(1) == null ? 0 : Integer.parseInt(words.group(1));
        return new Compute(device.equals("cpu") ? Device.cpu() : Device.gpu(number), ElementType.named(precision));
    }

    /** Kind of device and, where it is not float32, the precision: {@code cpu}, {@code cuda bf16}. */
    public String description() {
        return (device.isGpu() ? "cuda" : "cpu") + (halved() ? " " + precision.word() : "");
    }

    /** Whether layers work on bfloat16 copies of their weights. */
    boolean halved() {
        return precision == ElementType.BF16;
    }
}
