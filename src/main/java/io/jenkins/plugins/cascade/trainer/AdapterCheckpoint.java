package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A checkpoint that is an adapter alone. Beside PEFT's files, the configuration and the tokenizer it holds the digest of its base model's
 * folder, so that its own digest stands for both, and a base model that changed is noticed.
 */
final class AdapterCheckpoint {
    private static final String BASE_DIGEST = "base_model.sha256";

    private AdapterCheckpoint() {}

    static void write(CausalLM model, Path target, Path base, String baseDigest) throws IOException {
        model.saveWithoutBase(target, base.toAbsolutePath());
        Files.writeString(target.resolve(BASE_DIGEST), baseDigest + "\n");
    }

    /** @throws StageFailure when the folder is such a checkpoint and its base model is not what it was */
    static void requireSameBase(Path folder) throws IOException {
        Path file = folder.resolve(BASE_DIGEST);
        Optional<Path> base = CausalLM.baseOf(folder);
        if (base.isEmpty() || !Files.isRegularFile(file)) {
            return;
        }
        String planned = Files.readString(file).strip();
        String found = Digests.ofFolder(base.get());
        if (!found.equals(planned)) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "The base model " + base.get() + " of the adapter " + folder + " changed: its digest was " + planned
                            + " and is " + found + " now; restore it.");
        }
    }
}
