package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.Body;
import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.List;

/** {@code retry}: runs its block again after a failure. */
public final class RetryStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature("retry", List.of(Argument.required("count", int.class)), true);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        return attempts(arguments.get("count", Integer.class, 1), context, arguments.body());
    }

    /**
     * Runs a block until it succeeds, at most {@code count} times. Somebody who stops the build ends the attempts; a timeout inside the
     * block does not. Any other failure does not either, whatever it is: that is what {@code retry} is for.
     *
     * @throws Exception the failure of the last attempt
     */
    public static Object attempts(int count, StepContext context, Body body) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return body.run(context);
            } catch (InterruptedRunException e) {
                if (e.interruption().actual() || attempt >= count) {
                    throw e;
                }
                announce(context, e);
            } catch (Exception e) {
                if (attempt >= count) {
                    throw e;
                }
                announce(context, e);
            }
        }
    }

    private static void announce(StepContext context, Exception failure) {
        context.console().println("ERROR: " + failure.getMessage());
        context.console().println("Retrying");
    }
}
