package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.Body;
import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code timeout}: stops its block after a time, or after a time without output. */
public final class TimeoutStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature(
                "timeout",
                List.of(
                        Argument.required("time", int.class),
                        Argument.optional("unit", TimeUnit.class),
                        Argument.optional("activity", boolean.class)),
                true);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        int time = arguments.get("time", Integer.class, 0);
        if (time <= 0) {
            throw new StepFailedException("timeout: \"time\" must be above 0 but is " + time);
        }
        TimeUnit unit = arguments.get("unit", TimeUnit.class, TimeUnit.MINUTES);
        return limit(Duration.of(time, unit.toChronoUnit()), arguments.flag("activity"), context, arguments.body());
    }

    /**
     * Runs a block and interrupts it, with the result ABORTED, when it takes too long.
     *
     * @param activity true if every line of output starts the time anew
     * @throws Exception what the block throws
     */
    public static Object limit(Duration limit, boolean activity, StepContext context, Body body) throws Exception {
        CancelSignal inner = context.cancel().inner();
        String text = Durations.text(limit);
        context.console()
                .println("Timeout set to expire " + (activity ? "after " + text + " without activity" : "in " + text));
        Deadline deadline = new Deadline(context.build().timers(), limit, () -> {
            context.console().println("Cancelling nested steps due to timeout");
            inner.request(new Interruption(
                    Result.ABORTED,
                    false,
                    "Timeout of " + text + (activity ? " without activity" : "") + " has been exceeded"));
        });
        StepContext limited = context.withCancel(inner);
        try (deadline) {
            return body.run(activity ? limited.withStyle(context.style().telling(deadline::postpone)) : limited);
        }
    }
}
