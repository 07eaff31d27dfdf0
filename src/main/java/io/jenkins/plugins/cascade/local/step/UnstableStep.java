package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.List;

/** {@code unstable}: marks build and stage unstable; the stage goes on. */
final class UnstableStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature("unstable", List.of(Argument.required("message", String.class)), false);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) {
        context.console().println("WARNING: " + arguments.text("message"));
        context.worsen(Result.UNSTABLE);
        return null;
    }
}
