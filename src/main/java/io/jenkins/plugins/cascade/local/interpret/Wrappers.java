package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.Body;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.step.RetryStep;
import io.jenkins.plugins.cascade.local.step.TimeoutStep;
import io.jenkins.plugins.cascade.local.syntax.Options;
import java.util.List;

/** Wraps a block in the options that stand at it, the first of them outermost. */
final class Wrappers {
    private Wrappers() {}

    static void run(List<Options.Wrapper> wrappers, StepContext context, Body body) throws Exception {
        if (wrappers.isEmpty()) {
            body.run(context);
            return;
        }
        Body inner = changed -> {
            run(wrappers.subList(1, wrappers.size()), changed, body);
            return null;
        };
        Options.Wrapper outermost = wrappers.get(0);
        if (outermost instanceof Options.Timeout timeout) {
            TimeoutStep.limit(timeout.limit(), timeout.activity(), context, inner);
        } else if (outermost instanceof Options.Retry retry) {
            RetryStep.attempts(retry.count(), context, inner);
        } else {
            inner.run(context.withStyle(context.style().withTimestamps()));
        }
    }
}
