package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import java.util.List;

/** {@code error}: fails with a message. */
final class ErrorStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature("error", List.of(Argument.required("message", String.class)), false);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws StepFailedException {
        throw new StepFailedException(arguments.text("message"));
    }
}
