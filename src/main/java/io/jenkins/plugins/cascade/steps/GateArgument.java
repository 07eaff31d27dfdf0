package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.stage.DefaultMargins;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code gate(benchmark: 'math', margin: 3)}: what is asked of a benchmark, in points from 0 to 100. */
public final class GateArgument extends AbstractDescribableImpl<GateArgument> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double POINTS = 100;
    private static final List<String> KINDS = List.of("protect", "watch", "target");

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
        String given = Given.text(kind);
        if (given != null && !KINDS.contains(given)) {
            throw new RefusedArgumentException("kind", given);
        }
        this.kind = KINDS.get(0).equals(given) ? null : given;
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
        return DefaultMargins.of(benchmark).orElseThrow(() -> new RefusedArgumentException("noMargin", benchmark));
    }

    private static Double below100(String argument, Double value) {
        if (value != null && value >= POINTS) {
            throw new RefusedArgumentException("points", argument, value);
        }
        return value;
    }

    /** Makes {@code gate(...)} known to Pipeline. */
    @Extension
    @Symbol("gate")
    public static final class DescriptorImpl extends Descriptor<GateArgument> implements KnownArguments {
        @Override
        public String getDisplayName() {
            return Wording.forReader("gate");
        }

        /** A name, not empty. */
        @POST
        public FormValidation doCheckBenchmark(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, GateArgument::new);
        }

        /** A margin in points; it may be left out only where there is a default or the gate needs none. */
        @POST
        public FormValidation doCheckMargin(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String benchmark,
                @QueryParameter String kind) {
            GateArgument gate = new GateArgument(Default.of(Given.text(benchmark), "benchmark"));
            return FieldCheck.decimal(item, "margin", value, margin -> {
                gate.setMargin(margin);
                gate.setKind(kind);
                if (Given.text(benchmark) != null) {
                    gate.toGate();
                }
            });
        }

        /** A gain in points. */
        @POST
        public FormValidation doCheckRequiredGain(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.decimal(item, "requiredGain", value, new GateArgument("benchmark")::setRequiredGain);
        }

        /** What a gate may be. */
        @POST
        public ListBoxModel doFillKindItems(@AncestorInPath Item item) {
            return Choices.gateKinds(item, KINDS);
        }
    }
}
