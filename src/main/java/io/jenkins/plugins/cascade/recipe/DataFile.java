package io.jenkins.plugins.cascade.recipe;

/**
 * A data file, or the folder of a reward model, that a stage reads.
 *
 * @param role what it is for
 * @param path where it lies on the machine that trains; not part of the content key
 * @param digest {@code sha256:} and 64 hexadecimal digits, {@link Digests#ofFolder} of a folder; the trainer refuses a file whose bytes differ
 */
public record DataFile(DataRole role, String path, String digest) {
    public DataFile {
        Check.notBlank("path", path);
        Check.notBlank("digest", digest);
    }
}
