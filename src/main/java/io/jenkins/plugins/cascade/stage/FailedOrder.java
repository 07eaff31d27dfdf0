package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Why the process could not do what it was ordered to: {@code failed.json}.
 *
 * @param message one sentence for people
 */
public record FailedOrder(String message) {
    /** Largest file that is read, in bytes. */
    static final int MOST = 1 << 16;

    /**
     * Writes it.
     *
     * @param order the order's folder
     * @throws IOException when it cannot be written
     */
    public void write(Path order) throws IOException {
        RenamedFile.write(order.resolve(OrderFiles.FAILED), CanonicalJson.bytes(this));
    }
}
