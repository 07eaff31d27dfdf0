package io.jenkins.plugins.cascade.recipe;

/**
 * The model a stage starts from.
 *
 * @param path a Hugging Face folder; not part of the content key
 * @param digest {@code sha256:} over the names and digests of the folder's files, see {@link Digests#ofFolder}
 */
public record ModelSource(String path, String digest) {
    public ModelSource {
        Check.notBlank("path", path);
        Check.notBlank("digest", digest);
    }
}
