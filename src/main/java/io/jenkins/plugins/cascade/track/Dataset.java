package io.jenkins.plugins.cascade.track;

import java.util.Objects;

/**
 * A data set that a run read.
 *
 * @param name for people, such as the file's name
 * @param digest {@code sha256:} and 64 hexadecimal digits. MLflow takes 36 characters of a digest, so it gets the first 36 of the
 *     hexadecimal digits, and the whole in the tag {@value #DIGEST} of the input
 * @param source where it was read
 * @param context what for, such as {@code training} or {@code evaluation}
 */
public record Dataset(String name, String digest, String source, String context) {
    /** Tag of an input with the whole digest. */
    public static final String DIGEST = "cascade.digest";

    /** Refuses what is missing. */
    public Dataset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(context, "context");
    }
}
