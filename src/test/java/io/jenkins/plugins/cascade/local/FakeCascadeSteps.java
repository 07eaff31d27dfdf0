package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.binding.SampleStep;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.step.CascadeSteps;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Trains nothing; remembers what it was asked for and returns a score. */
public final class FakeCascadeSteps implements CascadeSteps {
    private final List<SampleStep> asked = new CopyOnWriteArrayList<>();

    @Override
    public Object run(Object boundStep, StepContext context) {
        SampleStep step = (SampleStep) boundStep;
        asked.add(step);
        return Map.of("model", step.model(), "score", 0.75);
    }

    /** The steps, in the order in which they ran. */
    public List<SampleStep> asked() {
        return asked;
    }
}
