package io.jenkins.plugins.cascade.model;

/**
 * Random numbers that are a function of where they are used: the sample's seed and index, and the position of the token. No state
 * is shared, so a sample draws the same numbers in whatever batch it is decoded.
 */
final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;

    RandomStream(long seed, int index) {
        key = mix(mix(seed) + GOLDEN_GAMMA * (index + 1L));
    }

    /** The number at a position, in [0, 1), with 52 random bits: times a sum it stays below that sum in double precision. */
    double uniform(int position) {
        return (mix(key + GOLDEN_GAMMA * (position + 1L)) >>> 12) * 0x1p-52;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): neighbouring inputs give unrelated outputs. */
    static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
