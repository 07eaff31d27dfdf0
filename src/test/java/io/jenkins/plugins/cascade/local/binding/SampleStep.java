package io.jenkins.plugins.cascade.local.binding;

import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step as a plugin declares one. */
public class SampleStep {
    private final String model;
    private int steps = 650;
    private double learningRate = 0.002;
    private boolean reuse = true;
    private Object data;
    private List<SampleGate> gates = List.of();
    private List<String> tags = List.of();
    private Map<String, Integer> limits = Map.of();
    private long[] seeds = {};
    private Reaction onRegression = Reaction.FAIL;

    /** What to do. */
    public enum Reaction {
        FAIL,
        UNSTABLE
    }

    @DataBoundConstructor
    public SampleStep(String model) {
        this.model = model;
    }

    @DataBoundSetter
    public void setSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1 but is " + steps);
        }
        this.steps = steps;
    }

    @DataBoundSetter
    public void setLearningRate(double learningRate) {
        this.learningRate = learningRate;
    }

    @DataBoundSetter
    public void setReuse(boolean reuse) {
        this.reuse = reuse;
    }

    @DataBoundSetter
    public void setData(Object data) {
        this.data = data;
    }

    @DataBoundSetter
    public void setGates(List<SampleGate> gates) {
        this.gates = gates;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = tags;
    }

    @DataBoundSetter
    public void setLimits(Map<String, Integer> limits) {
        this.limits = limits;
    }

    @DataBoundSetter
    public void setSeeds(long[] seeds) {
        this.seeds = seeds;
    }

    @DataBoundSetter
    public void setOnRegression(Reaction onRegression) {
        this.onRegression = onRegression;
    }

    public String model() {
        return model;
    }

    public int steps() {
        return steps;
    }

    public double learningRate() {
        return learningRate;
    }

    public boolean reuse() {
        return reuse;
    }

    public Object data() {
        return data;
    }

    public List<SampleGate> gates() {
        return gates;
    }

    public List<String> tags() {
        return tags;
    }

    public Map<String, Integer> limits() {
        return limits;
    }

    public long[] seeds() {
        return seeds;
    }

    public Reaction onRegression() {
        return onRegression;
    }

    /** Names the step. */
    @Symbol("train")
    public static final class DescriptorImpl {
        public String getFunctionName() {
            return "train";
        }
    }
}
