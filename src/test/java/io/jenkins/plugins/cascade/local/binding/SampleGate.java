package io.jenkins.plugins.cascade.local.binding;

import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An argument of a step, as a plugin declares one. */
public class SampleGate {
    private final String benchmark;
    private double margin = 1;

    @DataBoundConstructor
    public SampleGate(String benchmark) {
        this.benchmark = benchmark;
    }

    @DataBoundSetter
    public void setMargin(double margin) {
        if (margin < 0) {
            throw new IllegalArgumentException("margin must not be negative");
        }
        this.margin = margin;
    }

    public String benchmark() {
        return benchmark;
    }

    public double margin() {
        return margin;
    }

    /** Names the argument. */
    @Symbol("gate")
    public static final class DescriptorImpl {}
}
