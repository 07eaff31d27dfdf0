package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.RewardModel;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.Seeds;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The training of one stage, from its start or from a checkpoint to its last step. An evaluation has no steps: its model stays as it is. */
public final class StageTraining {
    static final String MODEL = "model";
    static final String REWARD_MODEL = "reward-model";

    private static final String INITIALISATION = "initialisation";

    private final StageSpec spec;
    private final TrainingData data;
    private final TrainingContext context;
    private final Checkpoints checkpoints;
    private final TrainingLoop loop;
    private final Adaptation adaptation;

    /**
     * @param spec what to train
     * @param data its data, validated
     * @param context tokenizer, verifiers and sampling
     * @param checkpoints where they go
     * @param monitor takes events and may ask to stop
     */
    public StageTraining(
            StageSpec spec,
            TrainingData data,
            TrainingContext context,
            Checkpoints checkpoints,
            TrainingMonitor monitor) {
        this.spec = spec;
        this.data = data;
        this.context = context;
        this.checkpoints = checkpoints;
        this.loop = new TrainingLoop(
                ContentKey.of(spec),
                checkpoints,
                monitor,
                spec.settings().numerics().divergenceRatio());
        this.adaptation = Adaptation.of(spec);
    }

    /**
     * A finished training.
     *
     * @param model the trained model; the caller closes it
     * @param totals counters over all resumes
     * @param metrics the last value of every metric
     */
    public record Trained(CausalLM model, TrainingTotals totals, Map<String, Double> metrics) {}

    /** Whether the stage's checkpoint is an adapter alone, without the model that it belongs to. */
    public static boolean savesAdapterAlone(StageSpec spec) {
        return Adaptation.of(spec).savedAlone();
    }

    /**
     * Trains to the end.
     *
     * @param resume the checkpoint to go on from; empty to start
     * @throws io.jenkins.plugins.cascade.recipe.StageFailure when asked to stop, or when the training fails
     */
    public Trained run(Optional<Checkpoints.Saved> resume) {
        resume.ifPresent(loop::restore);
        CausalLM model = CausalLM.load(policyFolder(resume), Seeds.of(spec.seed(), INITIALISATION), context.compute());
        boolean finished = false;
        try {
            adaptation.apply(model, policyState(resume));
            train(model, resume);
            finished = true;
        } finally {
            if (!finished) {
                model.close();
            }
        }
        return new Trained(model, loop.totals(), loop.lastMetrics());
    }

    /** While the reward model is trained, the policy is still the model that the stage starts from. */
    private Optional<Path> policyState(Optional<Checkpoints.Saved> resume) {
        return resume.filter(saved -> !saved.manifest().phase().equals(RewardModelPhase.NAME))
                .map(saved -> saved.folder().resolve(MODEL));
    }

    /** A checkpoint of an adapter holds the adapter alone. */
    private Path policyFolder(Optional<Checkpoints.Saved> resume) {
        Path start = Path.of(spec.model().path());
        return adaptation.adapted() ? start : policyState(resume).orElse(start);
    }

    private void train(CausalLM model, Optional<Checkpoints.Saved> resume) {
        if (spec.settings() instanceof SftSettings sft) {
            List<SftPhaseSettings> phases = sft.allPhases(spec.data().size());
            try (Phase phase = new SftPhase(model, data.conversations(), sft, phases, spec.seed())) {
                run(phase, resume);
            }
        } else if (spec.settings() instanceof RlhfSettings rlhf) {
            rlhf(model, rlhf, resume);
        } else if (spec.settings() instanceof RlvrSettings rlvr) {
            rlvr(model, rlvr, resume);
        }
    }

    private void rlhf(CausalLM model, RlhfSettings rlhf, Optional<Checkpoints.Saved> resume) {
        Optional<Path> given = TrainingData.givenRewardModel(spec);
        try (RewardModel rewardModel =
                given.isPresent() ? checked(given.get(), rlhf, resume) : rewardModel(model, rlhf, resume)) {
            RewardSource scores = new RewardModelReward(rewardModel, context.rewardEncoder());
            String digest = given.isPresent() ? null : trainedRewardModel();
            policy(model, rlhf.policy(), new EitherReward(verified(), scores), digest, resume);
        }
    }

    private void rlvr(CausalLM model, RlvrSettings rlvr, Optional<Checkpoints.Saved> resume) {
        Optional<Path> given = TrainingData.givenRewardModel(spec);
        if (given.isEmpty()) {
            policy(model, rlvr.policy(), verified(), null, resume);
            return;
        }
        try (RewardModel rewardModel = RewardModel.load(given.get(), context.compute())) {
            RewardSource scores = new RewardModelReward(rewardModel, context.rewardEncoder());
            int groupSize = rlvr.policy().groupSize();
            policy(model, rlvr.policy(), new RuleAndModelReward(verified(), scores, groupSize), null, resume);
        }
    }

    private RewardSource verified() {
        return new VerifierReward(context.verifiers());
    }

    /** The reward model of a folder, its accuracy measured before the policy's training begins. */
    private RewardModel checked(Path folder, RlhfSettings rlhf, Optional<Checkpoints.Saved> resume) {
        RewardModel rewardModel = RewardModel.load(folder, context.compute());
        if (isIn(resume, GrpoPhase.NAME) || data.pairs().isEmpty()) {
            return rewardModel;
        }
        boolean good = false;
        try (GivenRewardModelPhase phase = new GivenRewardModelPhase(rewardModel, data.pairs())) {
            run(phase, resume);
            phase.requireAccuracy(rlhf.rewardModel().minAccuracy());
            good = true;
        } finally {
            if (!good) {
                rewardModel.close();
            }
        }
        return rewardModel;
    }

    /** Digest of the reward model that this stage trained. */
    private String trainedRewardModel() {
        Path folder = checkpoints.folder().resolve(REWARD_MODEL);
        try {
            return Digests.ofFolder(folder);
        } catch (IOException e) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT, "The reward model " + folder + " cannot be read (" + e + ").", e);
        }
    }

    /** A run that goes on must have the reward model that it had. */
    private void requireSameRewardModel(Checkpoints.Saved saved) {
        String before = saved.manifest()
                .phaseState()
                .path(GrpoPhase.REWARD_MODEL_DIGEST)
                .asText("");
        String now = trainedRewardModel();
        if (!before.isEmpty() && !before.equals(now)) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "The reward model " + checkpoints.folder().resolve(REWARD_MODEL)
                            + " changed since the checkpoint " + saved.folder().getFileName()
                            + " was taken: its digest was " + before
                            + " and is " + now + " now; restore it, or remove the checkpoints to begin again.");
        }
    }

    /** The finished reward model: of this stage's earlier attempt, or trained now. */
    private RewardModel rewardModel(CausalLM model, RlhfSettings rlhf, Optional<Checkpoints.Saved> resume) {
        Path finished = checkpoints.folder().resolve(REWARD_MODEL);
        if (isIn(resume, GrpoPhase.NAME)) {
            requireSameRewardModel(resume.get());
            return RewardModel.load(finished, context.compute());
        }
        Optional<Path> state = isIn(resume, RewardModelPhase.NAME)
                ? resume.map(saved -> saved.folder().resolve(REWARD_MODEL))
                : Optional.empty();
        RewardModel rewardModel = state.isPresent() && !adaptation.adapted()
                ? RewardModel.load(state.get(), context.compute())
                : RewardModel.from(model, Seeds.of(spec.seed(), "reward head"));
        adaptation.apply(rewardModel, state);
        boolean trained = false;
        try (RewardModelPhase phase = new RewardModelPhase(
                rewardModel, data.pairs(), rlhf.rewardModel(), rlhf.policy().checkpointEvery(), spec.seed())) {
            run(phase, resume);
            phase.requireAccuracy();
            DurableFiles.replaceFolder(finished, rewardModel::save);
            trained = true;
        } finally {
            if (!trained) {
                rewardModel.close();
            }
        }
        return rewardModel;
    }

    private ReferencePolicy reference(CausalLM model) {
        if (adaptation.adapted()) {
            return new ReferencePolicy(model);
        }
        return new ReferencePolicy(
                Path.of(spec.model().path()), Seeds.of(spec.seed(), INITIALISATION), context.compute());
    }

    private void policy(
            CausalLM model,
            GrpoSettings settings,
            RewardSource judge,
            String rewardModelDigest,
            Optional<Checkpoints.Saved> resume) {
        PromptSchedule schedule = new PromptSchedule(data.prompts(), data.replay(), settings, spec.seed());
        RolloutSampler sampler = new RolloutSampler(model, context.tokenizer(), spec.seed());
        GroupCollector collector = new GroupCollector(settings, schedule, sampler, judge);
        try (ReferencePolicy reference = settings.loss().klCoefficient() > 0 ? reference(model) : null;
                Phase phase = new GrpoPhase(
                        model, settings, context.sampling(), schedule, collector, reference, rewardModelDigest)) {
            run(phase, resume);
        }
    }

    private void run(Phase phase, Optional<Checkpoints.Saved> resume) {
        if (isIn(resume, phase.name())) {
            Checkpoints.Saved saved = resume.get();
            phase.restore(saved.folder(), saved.manifest().phaseState());
            loop.run(phase, saved.manifest().step());
        } else {
            loop.run(phase, 0);
        }
    }

    private static boolean isIn(Optional<Checkpoints.Saved> resume, String phase) {
        return resume.filter(saved -> saved.manifest().phase().equals(phase)).isPresent();
    }
}
