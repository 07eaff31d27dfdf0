package io.jenkins.plugins.cascade.recipe;

/**
 * A benchmark that is evaluated after training.
 *
 * @param name short name, unique in the stage: letters, digits, {@code _ . -}
 * @param path file of lines {@code {"id","prompt","verifier","cluster"?}}; not part of the content key
 * @param digest {@code sha256:} of the file
 * @param samples answers an item, K
 * @param sampling how they are drawn
 */
public record BenchmarkSpec(String name, String path, String digest, int samples, SamplingSettings sampling) {
    public BenchmarkSpec {
        if (!Check.notBlank("name", name).matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException(
                    "A benchmark's name may hold letters, digits and _ . - only, but is '" + name + "'");
        }
        Check.notBlank("path", path);
        Check.notBlank("digest", digest);
        Check.atLeast("samples", samples, 1);
    }
}
