package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cascade.gate.Tolerance;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code tolerate(benchmark: 'ifeval', maxDrop: 25, recoverBy: 'if-rl', reason: '...')}: a declared trade-off that expires. */
public final class ToleranceArgument extends AbstractDescribableImpl<ToleranceArgument> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double POINTS = 100;

    private final String benchmark;
    private final Double maxDrop;
    private final String recoverBy;
    private final String reason;

    /**
     * A trade-off.
     *
     * @param benchmark name of a protected benchmark
     * @param maxDrop the largest loss accepted at this stage, in points, above 0 up to 100
     * @param recoverBy name of the later stage that must have won it back
     * @param reason why the loss is expected
     */
    @DataBoundConstructor
    public ToleranceArgument(String benchmark, Double maxDrop, String recoverBy, String reason) {
        this.benchmark = Range.notBlank("benchmark of a tolerance", benchmark);
        if (maxDrop == null) {
            throw new RefusedArgumentException("noMaxDrop", benchmark);
        }
        this.maxDrop = Range.above("maxDrop", 0, Range.between("maxDrop", 0, POINTS, maxDrop));
        this.recoverBy = Range.notBlank("recoverBy of a tolerance", recoverBy);
        this.reason = Range.notBlank("reason of a tolerance", reason);
    }

    public String getBenchmark() {
        return benchmark;
    }

    public Double getMaxDrop() {
        return maxDrop;
    }

    public String getRecoverBy() {
        return recoverBy;
    }

    public String getReason() {
        return reason;
    }

    Tolerance toTolerance() {
        return new Tolerance(benchmark, maxDrop / POINTS, recoverBy, reason);
    }

    /** Makes {@code tolerate(...)} known to Pipeline. */
    @Extension
    @Symbol("tolerate")
    public static final class DescriptorImpl extends Descriptor<ToleranceArgument> implements KnownArguments {
        private static final String SAMPLE = "name";
        private static final double SAMPLE_DROP = 1;

        @Override
        public String getDisplayName() {
            return Wording.forReader("tolerate");
        }

        /** A name, not empty. */
        @POST
        public FormValidation doCheckBenchmark(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, name -> new ToleranceArgument(name, SAMPLE_DROP, SAMPLE, SAMPLE));
        }

        /** A loss in points. */
        @POST
        public FormValidation doCheckMaxDrop(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String benchmark) {
            return FieldCheck.decimal(
                    item,
                    "maxDrop",
                    value,
                    drop -> new ToleranceArgument(Default.of(Given.text(benchmark), SAMPLE), drop, SAMPLE, SAMPLE));
        }

        /** The name of a stage, not empty. */
        @POST
        public FormValidation doCheckRecoverBy(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, stage -> new ToleranceArgument(SAMPLE, SAMPLE_DROP, stage, SAMPLE));
        }

        /** A reason, not empty. */
        @POST
        public FormValidation doCheckReason(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.text(item, value, reason -> new ToleranceArgument(SAMPLE, SAMPLE_DROP, SAMPLE, reason));
        }
    }
}
