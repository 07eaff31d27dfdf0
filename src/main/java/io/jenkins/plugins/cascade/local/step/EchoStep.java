package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.List;

/** {@code echo}: prints a message. */
final class EchoStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature("echo", List.of(Argument.required("message", String.class)), false);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) {
        context.console().println(arguments.text("message"));
        return null;
    }
}
