package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether model, data, benchmarks and verifiers are those that the specification was made for, before a resume as before a start. */
final class InputCheck {
    private InputCheck() {}

    /** @throws StageFailure {@code BAD_INPUT} naming what is missing or changed */
    static void run(StageSpec spec, Verifiers verifiers) {
        folder("model folder", spec.model().path(), spec.model().digest());
        for (DataFile file : spec.data()) {
            if (file.role() == DataRole.REWARD_MODEL) {
                folder("reward model folder", file.path(), file.digest());
            } else {
                file("data file", file.path(), file.digest());
            }
        }
        for (BenchmarkSpec benchmark : spec.benchmarks()) {
            file("benchmark file", benchmark.path(), benchmark.digest());
        }
        spec.verifierVersions().forEach((type, planned) -> {
            String here = verifiers.of(type).version();
            if (!here.equals(planned)) {
                throw badInput("The " + type + " verifier has version " + here
                        + " here, but this stage was planned with " + planned + "; plan it again.");
            }
        });
    }

    private static void folder(String what, String path, String planned) {
        Path folder = Path.of(path);
        if (!Files.isDirectory(folder)) {
            throw badInput("There is no " + what + " " + folder + ".");
        }
        try {
            compare(what, folder, planned, Digests.ofFolder(folder));
            AdapterCheckpoint.requireSameBase(folder);
        } catch (IOException e) {
            throw badInput("The " + what + " " + folder + " cannot be read (" + e + ").");
        }
    }

    private static void file(String what, String path, String planned) {
        Path file = Path.of(path);
        if (!Files.isRegularFile(file)) {
            throw badInput("There is no " + what + " " + path + ".");
        }
        try {
            compare(what, file, planned, Digests.ofFile(file));
        } catch (IOException e) {
            throw badInput("The " + what + " " + path + " cannot be read (" + e + ").");
        }
    }

    private static void compare(String what, Path path, String planned, String found) {
        if (!found.equals(planned)) {
            throw badInput("The " + what + " " + path + " changed since this stage was planned: its digest was "
                    + planned + " and is " + found + " now; restore it or plan the stage again.");
        }
    }

    private static StageFailure badInput(String message) {
        return new StageFailure(ExitCode.BAD_INPUT, message);
    }
}
