package io.jenkins.plugins.cascade.recipe;

import java.util.List;

/** Random streams as pure functions of what they are for, so that a resumed run draws what it would have drawn. */
public final class Seeds {
    private static final int FIRST_HEX_DIGIT = "sha256:".length();
    private static final int HEX_DIGITS = 16;

    private Seeds() {}

    /**
     * A seed that depends on every part and on nothing else: the first 64 bits of SHA-256 over the parts as canonical JSON.
     *
     * @param parts numbers and texts, for example the stage's seed, {@code "rollout"}, a step and a prompt's index
     */
    public static long of(Object... parts) {
        String digest = Digests.ofBytes(CanonicalJson.bytes(List.of(parts)));
        return Long.parseUnsignedLong(digest.substring(FIRST_HEX_DIGIT, FIRST_HEX_DIGIT + HEX_DIGITS), 16);
    }
}
