package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.evaluate.Benchmark;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataException;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataLine;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Message;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.train.PromptTask;
import io.jenkins.plugins.cascade.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person should know before a stage trains, though nothing is wrong enough to refuse it. */
final class StartWarnings {
    /** A larger file is not looked through, so that a stage does not begin minutes late. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int MOST_ANCESTORS = 64;

    private StartWarnings() {}

    /** One sentence each. */
    static List<String> of(StageSpec spec, TrainingData data, List<Benchmark> benchmarks) {
        List<String> warnings = new ArrayList<>();
        modes(spec).ifPresent(warnings::add);
        unmeasured(spec, data).ifPresent(warnings::add);
        warnings.addAll(evaluated(data, benchmarks));
        warnings.addAll(fineTuned(spec, data));
        return warnings;
    }

    /** Training asks in one way and the benchmarks in another. */
    private static Optional<String> modes(StageSpec spec) {
        ModeMix modes = ModeMix.AS_WRITTEN;
        if (spec.settings() instanceof RlhfSettings rlhf) {
            modes = rlhf.policy().modes();
        } else if (spec.settings() instanceof RlvrSettings rlvr) {
            modes = rlvr.policy().modes();
        }
        if (modes == ModeMix.AS_WRITTEN) {
            return Optional.empty();
        }
        String without = spec.benchmarks().stream()
                .filter(benchmark ->
                        DataLine.readAll(benchmark.path()).stream().allMatch(line -> line.textOrNull("mode") == null))
                .map(benchmark -> "'" + benchmark.name() + "'")
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("Prompts are asked with the flag of a mode (modes: "
                        + CanonicalJson.MAPPER.valueToTree(modes).textValue() + "), but no line of the benchmarks "
                        + without
                        + " names a \"mode\", so that they are asked without one; name it there, or set modes:"
                        + " 'as-written' for a model that was never shown the flags.");
    }

    /** A given reward model that no pairs can be held against. */
    private static Optional<String> unmeasured(StageSpec spec, TrainingData data) {
        boolean unmeasured = spec.settings() instanceof RlhfSettings
                && data.pairs().isEmpty()
                && TrainingData.givenRewardModel(spec).isPresent();
        return unmeasured
                ? Optional.of(
                        "The reward model is taken as it is given, because there are no preferences to measure its"
                                + " accuracy on; name some with preferences.")
                : Optional.empty();
    }

    /** Prompts that a benchmark asks too. */
    private static List<String> evaluated(TrainingData data, List<Benchmark> benchmarks) {
        Set<String> trained = texts(data);
        List<String> warnings = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            long shared = benchmark.items().stream()
                    .filter(item -> trained.contains(item.text()))
                    .count();
            if (shared > 0) {
                warnings.add(shared + " of " + benchmark.items().size() + " prompts of the benchmark '"
                        + benchmark.spec().name() + "' are trained on in this stage, so that its score says less about"
                        + " new prompts.");
            }
        }
        return warnings;
    }

    /** The paper keeps the prompts of fine-tuning and of reinforcement learning strictly apart (section 4). */
    private static List<String> fineTuned(StageSpec spec, TrainingData data) {
        Set<String> prompts = new HashSet<>();
        data.prompts().forEach(prompt -> prompts.add(prompt.text()));
        List<String> warnings = new ArrayList<>();
        if (prompts.isEmpty()) {
            return warnings;
        }
        for (DataFile file : fineTuningFiles(spec)) {
            int shared = shared(file, prompts);
            if (shared > 0) {
                warnings.add(shared + " of " + prompts.size() + " prompts of this stage were fine-tuned on in "
                        + file.path() + "; the paper keeps the two strictly apart (section 4).");
            }
        }
        return warnings;
    }

    private static int shared(DataFile file, Set<String> prompts) {
        Set<String> shared = new HashSet<>();
        try {
            DataLine.forEach(file.path(), line -> line.messages("messages").stream()
                    .filter(message -> message.role().equals("user"))
                    .map(Message::content)
                    .filter(prompts::contains)
                    .forEach(shared::add));
        } catch (DataException e) {
            // The file was changed since: not this stage's data, and not its failure.
            return 0;
        }
        return shared.size();
    }

    /** The files of the fine-tuning that this stage's model went through, as far as they are still here. */
    private static List<DataFile> fineTuningFiles(StageSpec spec) {
        List<DataFile> files = new ArrayList<>();
        Optional<StageSpec> ancestor = parent(spec);
        for (int i = 0; i < MOST_ANCESTORS && ancestor.isPresent(); i++) {
            ancestor.get().data().stream()
                    .filter(file -> file.role() == DataRole.SFT && isReadable(Path.of(file.path())))
                    .forEach(files::add);
            ancestor = parent(ancestor.get());
        }
        return files;
    }

    private static boolean isReadable(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** The stage whose finished checkpoint the model is: {@code STAGE/checkpoints/final}. */
    private static Optional<StageSpec> parent(StageSpec spec) {
        Path checkpoints =
                Path.of(spec.model().path()).toAbsolutePath().normalize().getParent();
        if (checkpoints == null || !checkpoints.endsWith(StageFiles.CHECKPOINTS)) {
            return Optional.empty();
        }
        Path file = checkpoints.resolveSibling(StageFiles.SPEC);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(CanonicalJson.MAPPER.readValue(Files.readAllBytes(file), StageSpec.class))
                    : Optional.empty();
        } catch (IOException e) {
            // A stage of another version, or one that is being removed: nothing can be said about it.
            return Optional.empty();
        }
    }

    private static Set<String> texts(TrainingData data) {
        Set<String> texts = new HashSet<>();
        data.prompts().stream().map(PromptTask::text).forEach(texts::add);
        data.replay().stream().map(PromptTask::text).forEach(texts::add);
        return texts;
    }
}
