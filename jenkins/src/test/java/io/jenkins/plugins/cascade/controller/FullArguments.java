package io.jenkins.plugins.cascade.controller;

import io.jenkins.plugins.cascade.steps.BenchmarkArgument;
import io.jenkins.plugins.cascade.steps.CascadeEvaluateStep;
import io.jenkins.plugins.cascade.steps.CascadeGateStep;
import io.jenkins.plugins.cascade.steps.CascadePromoteStep;
import io.jenkins.plugins.cascade.steps.CascadeReportStep;
import io.jenkins.plugins.cascade.steps.CascadeRlhfStep;
import io.jenkins.plugins.cascade.steps.CascadeRlvrStep;
import io.jenkins.plugins.cascade.steps.CascadeSftStep;
import io.jenkins.plugins.cascade.steps.CurriculumArgument;
import io.jenkins.plugins.cascade.steps.FilterArgument;
import io.jenkins.plugins.cascade.steps.GateArgument;
import io.jenkins.plugins.cascade.steps.LanguageArgument;
import io.jenkins.plugins.cascade.steps.LoraArgument;
import io.jenkins.plugins.cascade.steps.LossArgument;
import io.jenkins.plugins.cascade.steps.MlflowArgument;
import io.jenkins.plugins.cascade.steps.PolicyStep;
import io.jenkins.plugins.cascade.steps.RewardModelArgument;
import io.jenkins.plugins.cascade.steps.SftPhaseArgument;
import io.jenkins.plugins.cascade.steps.StageStep;
import io.jenkins.plugins.cascade.steps.ToleranceArgument;
import io.jenkins.plugins.cascade.steps.TrainingStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Steps whose every argument, and every argument of what is nested in them, has a value that is not its default. */
final class FullArguments {
    private FullArguments() {}

    /** One of each kind. */
    static List<Step> steps() {
        return List.of(sft(), rlhf(), rlvr(), evaluate(), gate(), promote(), new CascadeReportStep());
    }

    private static CascadeSftStep sft() {
        CascadeSftStep step = new CascadeSftStep(List.of("a.jsonl", "b.jsonl"));
        training(step);
        step.setBatchSize(32);
        step.setMaxTokens(512);
        step.setPacking(true);
        step.setPhases(List.of(phase()));
        return step;
    }

    private static SftPhaseArgument phase() {
        SftPhaseArgument phase = new SftPhaseArgument("long.jsonl");
        phase.setSteps(20);
        phase.setBatchSize(8);
        phase.setMaxTokens(2048);
        phase.setLearningRate(1e-5);
        phase.setWarmupSteps(3);
        return phase;
    }

    private static CascadeRlhfStep rlhf() {
        CascadeRlhfStep step = new CascadeRlhfStep("pairs.jsonl", List.of("chat.jsonl", "more.jsonl"));
        policy(step);
        step.setRewardModel(rewardModel());
        return step;
    }

    private static CascadeRlvrStep rlvr() {
        CascadeRlvrStep step = new CascadeRlvrStep("code", "code.jsonl");
        policy(step);
        step.setRewardModel(rewardModel());
        return step;
    }

    private static RewardModelArgument rewardModel() {
        RewardModelArgument rewardModel = new RewardModelArgument();
        rewardModel.setEpochs(2);
        rewardModel.setBatchSize(16);
        rewardModel.setLearningRate(1e-6);
        rewardModel.setMaxTokens(256);
        rewardModel.setHeldOutFraction(0.1);
        rewardModel.setMinAccuracy(0.7);
        rewardModel.setModel("models/reward");
        rewardModel.setMicroBatch(4);
        return rewardModel;
    }

    private static CascadeEvaluateStep evaluate() {
        CascadeEvaluateStep step = new CascadeEvaluateStep("model", List.of(benchmark()));
        stage(step);
        return step;
    }

    private static CascadeGateStep gate() {
        CascadeGateStep step = new CascadeGateStep();
        step.setName("final");
        step.setCandidate("code");
        step.setBaseline("sft");
        step.setBaselines(List.of("anchor", "stage:sft"));
        step.setGates(List.of(gateOfMath()));
        step.setOnRegression("unstable");
        step.setOnInconclusive("continue");
        step.setMlflow(mlflow());
        return step;
    }

    private static CascadePromoteStep promote() {
        CascadePromoteStep step = new CascadePromoteStep("assistant");
        step.setStage("code");
        step.setAlias("candidate");
        step.setReason("the first of its kind");
        step.setMlflow(mlflow());
        return step;
    }

    private static MlflowArgument mlflow() {
        MlflowArgument mlflow = new MlflowArgument();
        mlflow.setUrl("https://mlflow.example.org");
        mlflow.setCredentialsId("mlflow");
        mlflow.setExperiment("cascade");
        return mlflow;
    }

    private static void stage(StageStep step) {
        step.setName("named");
        step.setSeed(7L);
        step.setReuse(false);
        step.setThreads(2);
        step.setDevice("cpu");
        step.setPrecision("bf16");
        step.setMlflow(mlflow());
    }

    private static void training(TrainingStep step) {
        stage(step);
        step.setModel("model");
        step.setParent("earlier");
        step.setBenchmarks(List.of(benchmark()));
        step.setGates(List.of(gateOfMath()));
        step.setTolerate(List.of(new ToleranceArgument("math", 1.5, "code", "Regained by the code stage")));
        step.setBaselines(List.of("parent", "anchor"));
        step.setOnRegression("continue");
        step.setOnInconclusive("unstable");
        step.setLooks(2);
        step.setCheckpoints("both");
        step.setSteps(650);
        step.setLearningRate(2e-3);
        step.setSchedule("linear");
        step.setWarmupSteps(30);
        step.setFinalLearningRateRatio(0.1);
        step.setWeightDecay(0.1);
        step.setClipNorm(0.5);
        step.setMicroBatch(16);
        step.setCheckpointEvery(20);
        step.setKeepCheckpoints(3);
        step.setSavePrecision("fp16");
        step.setDivergenceRatio(3.0);
        step.setPreset("thinking-8b");
        step.setGradientCheckpointing(true);
        step.setLora(lora());
    }

    private static LoraArgument lora() {
        LoraArgument lora = new LoraArgument();
        lora.setRank(8);
        lora.setAlpha(32.0);
        lora.setTargets(List.of("q_proj", "v_proj"));
        lora.setDropout(0.05);
        lora.setMerge(false);
        return lora;
    }

    private static void policy(PolicyStep step) {
        training(step);
        step.setReplay(List.of("chat.jsonl", "math.jsonl"));
        step.setReplayFraction(0.25);
        step.setPromptsPerStep(16);
        step.setGroupSize(4);
        step.setTemperature(0.9);
        step.setTopP(0.95);
        step.setTopK(50);
        step.setMaxTokens(96);
        step.setMinStd(0.5);
        step.setOverlongFiltering(true);
        step.setErrorBudget(0.2);
        step.setModes("half");
        step.setFinalTemperature(0.7);
        step.setFinalTopP(0.9);
        step.setSharePrompts(true);
        step.setLoss(loss());
        step.setFilter(filter());
        step.setCurriculum(curriculum());
        step.setLanguageSwitch(language());
    }

    private static LossArgument loss() {
        LossArgument loss = new LossArgument();
        loss.setAggregation("sequence");
        loss.setDivideByStd(false);
        loss.setKlCoefficient(0.001);
        loss.setTanhReward(true);
        return loss;
    }

    private static FilterArgument filter() {
        FilterArgument filter = new FilterArgument();
        filter.setKind("epoch");
        filter.setMaxRefills(3);
        filter.setReadmitUnsolved(0.2);
        filter.setReadmitSolved(0.02);
        return filter;
    }

    private static CurriculumArgument curriculum() {
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(List.of(128, 160));
        curriculum.setTemperatures(List.of(0.9, 0.8));
        curriculum.setClipRatio(0.2);
        curriculum.setMinSteps(5);
        curriculum.setMaxSteps(9);
        curriculum.setFilteredLengths(2);
        return curriculum;
    }

    private static LanguageArgument language() {
        LanguageArgument language = new LanguageArgument();
        language.setRule("below-minimum");
        language.setReward(-10.0);
        return language;
    }

    private static BenchmarkArgument benchmark() {
        BenchmarkArgument benchmark = new BenchmarkArgument("math", "math.jsonl");
        benchmark.setSamples(4);
        benchmark.setTemperature(0.6);
        benchmark.setTopP(0.9);
        benchmark.setTopK(20);
        benchmark.setMaxTokens(64);
        return benchmark;
    }

    private static GateArgument gateOfMath() {
        GateArgument gate = new GateArgument("math");
        gate.setMargin(2.5);
        gate.setKind("target");
        gate.setRequiredGain(1.0);
        return gate;
    }
}
