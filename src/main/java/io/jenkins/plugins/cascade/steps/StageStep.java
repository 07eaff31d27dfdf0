package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.Precision;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.stage.BenchmarkRequest;
import io.jenkins.plugins.cascade.stage.CascadeStep;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments that every stage has, whether it trains or only evaluates. */
public abstract class StageStep extends Step implements CascadeStep {
    private final StageKind kind;
    private String name;
    private Long seed;
    private Boolean reuse;
    private Integer threads;
    private String device;
    private String precision;
    private MlflowArgument mlflow;

    StageStep(StageKind kind) {
        this.kind = kind;
    }

    public String getName() {
        return name;
    }

    /** The stage's name, unique in the build. Default: the domain of an RLVR stage, otherwise the kind of stage. */
    @DataBoundSetter
    public void setName(String name) {
        this.name = Given.text(name);
    }

    public Long getSeed() {
        return seed;
    }

    /** The only source of randomness. Default 0. */
    @DataBoundSetter
    public void setSeed(Long seed) {
        this.seed = seed == null || seed == 0 ? null : seed;
    }

    public Boolean getReuse() {
        return reuse;
    }

    /** Whether a finished stage with the same content key is taken instead of doing its work again. Default true. */
    @DataBoundSetter
    public void setReuse(Boolean reuse) {
        this.reuse = Boolean.FALSE.equals(reuse) ? Boolean.FALSE : null;
    }

    public Integer getThreads() {
        return threads;
    }

    /** Processor threads for tensors, 0 for all. Default 0. Does not change what is reused. */
    @DataBoundSetter
    public void setThreads(Integer threads) {
        this.threads = Range.atLeast("threads", 0, threads);
    }

    public String getDevice() {
        return device;
    }

    /** {@code cpu} (default), {@code cuda} (the first GPU) or {@code cuda:N}. Does not change what is reused. */
    @DataBoundSetter
    public void setDevice(String device) {
        this.device = checkedDevice(Given.text(device));
    }

    public String getPrecision() {
        return precision;
    }

    /** What the layers compute in, {@code fp32} (default) or {@code bf16}; weights and optimizer are float32 in either. */
    @DataBoundSetter
    public void setPrecision(String precision) {
        this.precision = Choice.checked("precision", Precision.class, precision);
    }

    public MlflowArgument getMlflow() {
        return mlflow;
    }

    /** Where the runs of the build go, {@code mlflow(...)}. Default: where the global configuration says. */
    @DataBoundSetter
    public void setMlflow(MlflowArgument mlflow) {
        this.mlflow = mlflow;
    }

    @Override
    public final Object toResult(StageRecord record) {
        return new StageResult(record);
    }

    @Override
    public final StepExecution start(StepContext context) throws Exception {
        try {
            return new StageExecution(context, toRequest(), mlflow);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** The name of a stage that was given none. */
    String defaultName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    final StageKind kind() {
        return kind;
    }

    final String effectiveName() {
        return Default.of(name, defaultName());
    }

    final long effectiveSeed() {
        return Default.of(seed, 0L);
    }

    final boolean effectiveReuse() {
        return Default.of(reuse, true);
    }

    final int effectiveThreads() {
        return Default.of(threads, 0);
    }

    final String effectiveDevice() {
        return Default.of(device, "cpu");
    }

    final Precision effectivePrecision() {
        return Choice.of(Precision.class, precision, NumericSettings.DEFAULT.precision());
    }

    /** The benchmarks as plain data; null stays null. */
    static List<BenchmarkRequest> requests(List<BenchmarkArgument> benchmarks) {
        return benchmarks == null
                ? null
                : benchmarks.stream().map(BenchmarkArgument::toRequest).toList();
    }

    private static String checkedDevice(String device) {
        if (device != null && !device.matches("cpu|cuda(:\\d{1,3})?")) {
            throw new RefusedArgumentException("device", device);
        }
        return device;
    }
}
