package io.jenkins.plugins.cascade.model;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Optional;

/** Element types of safetensors that weights come in and are saved in. */
public enum ElementType {
    /** float32. */
    F32("fp32", "float32", 4) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            target.put(source.asFloatBuffer());
        }

        @Override
        void narrow(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putFloat(source.get());
            }
        }
    },
    /** bfloat16. */
    BF16("bf16", "bfloat16", 2) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            ShortBuffer shorts = source.asShortBuffer();
            while (shorts.hasRemaining()) {
                target.put(Float.intBitsToFloat(shorts.get() << 16));
            }
        }

        @Override
        void narrow(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putShort(floatToBfloat16(source.get()));
            }
        }
    },
    /** IEEE half precision. */
    F16("fp16", "float16", 2) {
        @Override
        void widen(ByteBuffer source, FloatBuffer target) {
            ShortBuffer shorts = source.asShortBuffer();
            while (shorts.hasRemaining()) {
                target.put(halfToFloat(shorts.get()));
            }
        }

        @Override
        void narrow(FloatBuffer source, ByteBuffer target) {
            while (source.hasRemaining()) {
                target.putShort(floatToHalf(source.get()));
            }
        }
    };

    private final String word;
    private final String torchName;
    private final int bytes;

    ElementType(String word, String torchName, int bytes) {
        this.word = word;
        this.torchName = torchName;
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

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    /** Writes every element of the source as float32; exact for all three types. */
    abstract void widen(ByteBuffer source, FloatBuffer target);

    /** Writes every float32 as this type, rounded to the nearest, to even in the middle. */
    abstract void narrow(FloatBuffer source, ByteBuffer target);

    /** As PyTorch and transformers call it, for instance {@code bfloat16}. */
    String torchName() {
        return torchName;
    }

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

    /** The upper half of a binary32, rounded. */
    static short floatToBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >> 16 | 0x40); // a NaN whose upper half is that of an infinity stays one
        }
        return (short) (bits + 0x7fff + (bits >> 16 & 1) >> 16);
    }

    /** IEEE 754 binary32 to binary16. */
    static short floatToHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 0x477ff000) { // 65520, half way from the largest number to the next power of two
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) { // below 2^-14: a multiple of 2^-24
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
        return (short) (sign | rounded - 0x38000000 >> 13);
    }
}
