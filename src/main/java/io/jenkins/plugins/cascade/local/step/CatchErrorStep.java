package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.List;

/** {@code catchError}: a failure of its block marks build and stage, and the Pipeline goes on. */
final class CatchErrorStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature(
                "catchError",
                List.of(
                        Argument.optional("message", String.class),
                        Argument.optional("buildResult", Result.class),
                        Argument.optional("stageResult", Result.class),
                        Argument.optional("catchInterruptions", boolean.class)),
                true);
    }

    /** Catches whatever the block throws: that is what the step is for. */
    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        try {
            arguments.body().run(context);
        } catch (InterruptedRunException e) {
            if (!arguments.get("catchInterruptions", Boolean.class, true)) {
                throw e;
            }
            context.build().state().worsen(e.interruption().result());
            mark(arguments, context, e);
        } catch (Exception e) {
            mark(arguments, context, e);
        }
        return null;
    }

    private static void mark(StepArguments arguments, StepContext context, Exception failure) {
        String message = arguments.text("message");
        if (!message.isEmpty()) {
            context.console().println(message);
        }
        context.console().println("ERROR: " + failure.getMessage());
        Result buildResult = resultOf(arguments, "buildResult", Result.FAILURE);
        if (buildResult.isWorseThan(Result.SUCCESS)) {
            context.build().state().worsen(buildResult);
        }
        Result stageResult = resultOf(arguments, "stageResult", buildResult);
        context.stage().ifPresent(scope -> scope.warn(stageResult));
    }

    /** Left out means the default; null means SUCCESS, as in Jenkins. */
    private static Result resultOf(StepArguments arguments, String name, Result byDefault) {
        return arguments.get(name, Result.class, arguments.values().containsKey(name) ? Result.SUCCESS : byDefault);
    }
}
