package io.jenkins.plugins.cascade.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads {@code spec.json} strictly. */
final class SpecFile {
    private SpecFile() {}

    /**
     * The specification.
     *
     * @throws StageFailure {@code BAD_INPUT} when there is none, it cannot be read, or it asks for what this trainer does not do
     */
    static StageSpec read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw badInput("There is no specification " + file + ".");
        }
        try {
            StageSpec spec = CanonicalJson.MAPPER.readValue(Files.readAllBytes(file), StageSpec.class);
            check(file, spec);
            return spec;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("it is empty");
            throw badInput(file + " is not a stage specification: " + reason + ".");
        } catch (IOException e) {
            throw badInput(file + " cannot be read (" + e + ").");
        }
    }

    private static void check(Path file, StageSpec spec) {
        if (spec.schema() != StageSpec.SCHEMA) {
            throw badInput(file + " has the schema " + spec.schema() + ", but this trainer reads " + StageSpec.SCHEMA
                    + "; use the trainer that belongs to the plugin.");
        }
        if (spec.model() == null || spec.settings() == null || spec.kind() == null) {
            throw badInput(file + " lacks one of 'kind', 'model' and 'settings'.");
        }
        if (spec.kind() != kind(spec.settings())) {
            throw badInput(file + " is of the kind " + spec.kind() + ", but its settings are those of "
                    + kind(spec.settings()) + ".");
        }
        if (spec.kind() == StageKind.EVALUATE && spec.benchmarks().isEmpty()) {
            throw badInput(file + " is an evaluation without a benchmark; name at least one.");
        }
        if (spec.device() == null || !spec.device().matches("cpu|cuda(:\\d{1,3})?")) {
            throw badInput("The device '" + spec.device() + "' is not known; use 'cpu', 'cuda' or 'cuda:N'.");
        }
    }

    private static StageKind kind(StageSettings settings) {
        if (settings instanceof EvaluateSettings) {
            return StageKind.EVALUATE;
        }
        if (settings instanceof SftSettings) {
            return StageKind.SFT;
        }
        return settings instanceof RlhfSettings ? StageKind.RLHF : StageKind.RLVR;
    }

    private static StageFailure badInput(String message) {
        return new StageFailure(ExitCode.BAD_INPUT, message);
    }
}
