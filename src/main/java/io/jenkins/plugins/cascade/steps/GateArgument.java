package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.stage.DefaultMargins;
import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gate(benchmark: 'math', margin: 3)}: what is asked of a benchmark, in points from 0 to 100. */
public final class GateArgument extends AbstractDescribableImpl<GateArgument> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double POINTS = 100;
    private static final Set<String> KINDS = Set.of("protect", "watch", "target");

    private final String benchmark;
    private Double margin;
    private String kind;
    private Double requiredGain;

    /**
     * A gate.
     *
     * @param benchmark name of the benchmark it judges
     */
    @DataBoundConstructor
    public GateArgument(String benchmark) {
        this.benchmark = Range.notBlank("benchmark of a gate", benchmark);
    }

    public String getBenchmark() {
        return benchmark;
    }

    public Double getMargin() {
        return margin;
    }

    /** Largest loss that is accepted, in points, above 0 and below 100. Benchmarks of the paper have a default, others need one. */
    @DataBoundSetter
    public void setMargin(Double margin) {
        this.margin = below100("margin", Range.atLeast("margin", 0.0, margin));
    }

    public String getKind() {
        return kind;
    }

    /** {@code protect} (default): must not fall by more than the margin; {@code watch}: only reported; {@code target}: must gain. */
    @DataBoundSetter
    public void setKind(String kind) {
        if (kind != null && !KINDS.contains(kind)) {
            throw new IllegalArgumentException(
                    "kind of a gate must be 'protect', 'watch' or 'target', but is '" + kind + "'");
        }
        this.kind = kind;
    }

    public Double getRequiredGain() {
        return requiredGain;
    }

    /** Of a target, the gain in points that must be shown, from 0 to below 100. Default 0: any gain. */
    @DataBoundSetter
    public void setRequiredGain(Double requiredGain) {
        this.requiredGain = below100("requiredGain", Range.atLeast("requiredGain", 0.0, requiredGain));
    }

    Gate toGate() {
        Gate.Kind what = Gate.Kind.valueOf(Default.of(kind, "protect").toUpperCase(Locale.ROOT));
        double gain = Default.of(requiredGain, 0.0) / POINTS;
        return new Gate(benchmark, marginOf(what), what, gain);
    }

    private double marginOf(Gate.Kind what) {
        if (margin != null) {
            return margin / POINTS;
        }
        if (what == Gate.Kind.TARGET) {
            return 0;
        }
        return DefaultMargins.of(benchmark)
                .orElseThrow(() -> new IllegalArgumentException("The gate of '" + benchmark
                        + "' needs a margin in points, for example gate(benchmark: '" + benchmark + "', margin: 3)"));
    }

    private static Double below100(String argument, Double value) {
        if (value != null && value >= POINTS) {
            throw new IllegalArgumentException(argument + " is in points and must be below 100, but is " + value);
        }
        return value;
    }

    /** Makes {@code gate(...)} known to Pipeline. */
    @Extension
    @Symbol("gate")
    public static final class DescriptorImpl extends Descriptor<GateArgument> {
        @Override
        public String getDisplayName() {
            return "Gate";
        }
    }
}
