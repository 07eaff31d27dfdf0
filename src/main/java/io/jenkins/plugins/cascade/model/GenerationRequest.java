package io.jenkins.plugins.cascade.model;

/**
 * A prompt to continue {@code count} times. Sample {@code j} draws from its own random stream, a function of {@code (seed, j)} alone,
 * so it does not depend on the other requests of a batch.
 *
 * @param prompt token ids, at least one; handed over, not copied
 * @param count samples wanted, at least 1
 * @param seed of the random streams; unused by greedy decoding
 */
public record GenerationRequest(int[] prompt, int count, long seed) {
    public GenerationRequest {
        if (prompt.length == 0) {
            throw new ModelException("A generation request has an empty prompt.");
        }
        if (count < 1) {
            throw new ModelException(
                    "A generation request asks for " + count + " samples; it must ask for at least 1.");
        }
    }
}
