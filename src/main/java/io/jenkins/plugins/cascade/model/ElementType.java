package io.jenkins.plugins.cascade.model;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Optional;

/** Element types of safetensors that weights come in and are saved in. */
public enum ElementType {
    /** float32. */
    F32("fp32", 4) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            target.put(source.asFloatBuffer());
        }
    },
    /** bfloat16. */
    BF16("bf16", 2) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            ShortBuffer shorts = source.asShortBuffer();
            while (shorts.hasRemaining()) {
                target.put(Float.intBitsToFloat(shorts.get() << 16));
            }
        }
    },
    /** IEEE half precision. */
    F16("fp16", 2) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            ShortBuffer shorts = source.asShortBuffer();
            while (shorts.hasRemaining()) {
                target.put(halfToFloat(shorts.get()));
            }
        }
    };

    private final String word;
    private final int bytes;

    ElementType(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /**
     * The type of a word.
     *
     * @param word {@code fp32}, {@code bf16} or {@code fp16}
     * @throws ModelException if it is another word
     */
    public static ElementType named(String word) {
        for (ElementType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new ModelException("The number type '" + word + "' is not known; use 'fp32', 'bf16' or 'fp16'.");
    }

    /** {@code fp32}, {@code bf16} or {@code fp16}. */
    public String word() {
        return word;
    }

    int bytes() {
        return bytes;
    }

    /** Writes every element of the source as float32; exact for all three types. */
    abstract void widen(ByteBuffer source, FloatBuffer target);

    static Optional<ElementType> of(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** IEEE 754 binary16 to binary32. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
        }
        int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
