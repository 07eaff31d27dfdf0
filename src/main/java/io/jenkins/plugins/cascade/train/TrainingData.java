package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.train.DataReader.VerifierUse;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a stage trains on, validated and encoded; an evaluation trains on nothing.
 *
 * @param conversations of SFT, a list a phase
 * @param pairs of the reward model
 * @param prompts of the policy
 * @param replay prompts of earlier domains
 */
public record TrainingData(
        List<List<EncodedChat>> conversations,
        List<PreferencePair> pairs,
        List<PromptTask> prompts,
        List<PromptTask> replay) {
    public TrainingData {
        conversations = conversations.stream().map(List::copyOf).toList();
        pairs = List.copyOf(pairs);
        prompts = List.copyOf(prompts);
        replay = List.copyOf(replay);
    }

    /**
     * Reads every file that the specification names.
     *
     * @param encoder of the policy
     * @param rewardEncoder of the reward model
     * @param maxPositions longest sequence that the model can take, in tokens
     * @throws io.jenkins.plugins.cascade.recipe.DataException naming file, line and reason
     * @throws StageFailure when a role is missing, has no use in this kind of stage, or the replay share has no file
     */
    public static TrainingData read(
            StageSpec spec, ChatEncoder encoder, ChatEncoder rewardEncoder, Verifiers verifiers, int maxPositions) {
        Files files = new Files(spec, new DataReader(encoder, verifiers));
        if (spec.settings() instanceof EvaluateSettings) {
            files.allowOnly(Set.of());
            return new TrainingData(List.of(), List.of(), List.of(), List.of());
        }
        if (spec.settings() instanceof SftSettings sft) {
            files.allowOnly(Set.of(DataRole.SFT));
            return new TrainingData(files.phases(sft, maxPositions), List.of(), List.of(), List.of());
        }
        if (spec.settings() instanceof RlhfSettings rlhf) {
            files.allowOnly(Set.of(DataRole.PREFERENCES, DataRole.PROMPTS, DataRole.REPLAY, DataRole.REWARD_MODEL));
            int limit = Math.min(rlhf.rewardModel().maxTokens(), maxPositions);
            List<PreferencePair> pairs = new Files(spec, new DataReader(rewardEncoder, verifiers)).pairs(limit);
            return files.withPrompts(pairs, rlhf.policy(), VerifierUse.IGNORED, VerifierUse.OPTIONAL, maxPositions);
        }
        files.allowOnly(Set.of(DataRole.PROMPTS, DataRole.REPLAY, DataRole.REWARD_MODEL));
        GrpoSettings policy = ((RlvrSettings) spec.settings()).policy();
        return files.withPrompts(List.of(), policy, VerifierUse.REQUIRED, VerifierUse.REQUIRED, maxPositions);
    }

    /** The verifier types that the prompts name, sorted. */
    public Set<String> verifierTypes() {
        Set<String> types = new TreeSet<>();
        for (List<PromptTask> tasks : List.of(prompts, replay)) {
            tasks.stream()
                    .filter(task -> task.verifier() != null)
                    .forEach(task -> types.add(task.verifier().get("type").textValue()));
        }
        return types;
    }

    /** Tokens of the longest prompt; 0 where there are no prompts. */
    public int longestPrompt() {
        return Math.max(longest(prompts), longest(replay));
    }

    private static int longest(List<PromptTask> tasks) {
        return tasks.stream().mapToInt(PromptTask::longest).max().orElse(0);
    }

    /**
     * The folder of the reward model that a specification gives, if it gives one.
     *
     * @throws StageFailure when it gives several
     */
    public static Optional<Path> givenRewardModel(StageSpec spec) {
        List<DataFile> folders = spec.data().stream()
                .filter(file -> file.role() == DataRole.REWARD_MODEL)
                .toList();
        if (folders.size() > 1) {
            throw badInput("The stage " + spec.name() + " names " + folders.size()
                    + " reward models; name the one that it is to use.");
        }
        return folders.stream().findFirst().map(file -> Path.of(file.path()));
    }

    private interface Reading<T> {
        List<T> read(DataReader reader, String file);
    }

    /** The files of one specification. */
    private record Files(StageSpec spec, DataReader reader) {

        void allowOnly(Set<DataRole> roles) {
            for (DataFile file : spec.data()) {
                if (!roles.contains(file.role())) {
                    throw badInput("The file " + file.path() + " has the role " + name(file.role())
                            + ", which a stage of kind " + spec.kind().name().toLowerCase(java.util.Locale.ROOT)
                            + " does not read; remove it.");
                }
            }
        }

        /** The conversations of every phase: the files are dealt out in their order. */
        List<List<EncodedChat>> phases(SftSettings sft, int maxPositions) {
            if (sft.phases().isEmpty()) {
                int limit = Math.min(sft.maxTokens(), maxPositions);
                return List.of(read(DataRole.SFT, (each, file) -> each.conversations(file, limit)));
            }
            List<DataFile> all = spec.data();
            if (all.size()
                    <= sft.phases().stream().mapToInt(SftPhaseSettings::files).sum()) {
                throw badInput("The stage " + spec.name() + " has " + all.size() + " files of the role sft for "
                        + (1 + sft.phases().size()) + " phases; name at least one for each.");
            }
            List<List<EncodedChat>> phases = new ArrayList<>();
            int from = 0;
            for (SftPhaseSettings phase : sft.allPhases(all.size())) {
                int limit = Math.min(phase.maxTokens(), maxPositions);
                List<EncodedChat> conversations = new ArrayList<>();
                for (DataFile file : all.subList(from, from + phase.files())) {
                    conversations.addAll(reader.conversations(file.path(), limit));
                }
                phases.add(conversations);
                from += phase.files();
            }
            return phases;
        }

        /** At least one pair, unless the reward model is given. */
        List<PreferencePair> pairs(int limit) {
            Reading<PreferencePair> reading = (each, file) -> each.preferences(file, limit);
            return givenRewardModel(spec).isPresent()
                    ? optional(DataRole.PREFERENCES, reading)
                    : read(DataRole.PREFERENCES, reading);
        }

        <T> List<T> read(DataRole role, Reading<T> reading) {
            List<T> all = optional(role, reading);
            if (all.isEmpty()) {
                throw badInput(
                        "The stage " + spec.name() + " has no file of the role " + name(role) + "; name at least one.");
            }
            return all;
        }

        <T> List<T> optional(DataRole role, Reading<T> reading) {
            List<T> all = new ArrayList<>();
            for (DataFile file : spec.data()) {
                if (file.role() == role) {
                    all.addAll(reading.read(reader, file.path()));
                }
            }
            return all;
        }

        TrainingData withPrompts(
                List<PreferencePair> pairs,
                GrpoSettings policy,
                VerifierUse ofPrompts,
                VerifierUse ofReplay,
                int positions) {
            int limit = positions - policy.longestAnswer();
            if (limit < 1) {
                throw badInput("The stage " + spec.name() + " asks for answers of up to " + policy.longestAnswer()
                        + " tokens, but the model takes " + positions + " with the prompt; give a lower maxTokens, or"
                        + " lower lengths of the curriculum.");
            }
            List<PromptTask> prompts =
                    read(DataRole.PROMPTS, (reader, file) -> reader.prompts(file, ofPrompts, policy.modes(), limit));
            List<PromptTask> replay =
                    optional(DataRole.REPLAY, (reader, file) -> reader.prompts(file, ofReplay, policy.modes(), limit));
            if (policy.replayFraction() > 0 && replay.isEmpty()) {
                throw badInput("The stage " + spec.name() + " replays a share of " + policy.replayFraction()
                        + " but has no file of the role replay; name one or set replayFraction to 0.");
            }
            return new TrainingData(List.of(), pairs, prompts, replay);
        }

        private static String name(DataRole role) {
            return role.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static StageFailure badInput(String message) {
        return new StageFailure(ExitCode.BAD_INPUT, message);
    }
}
