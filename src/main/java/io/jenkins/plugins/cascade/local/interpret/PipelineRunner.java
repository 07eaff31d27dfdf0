package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.syntax.Options;
import io.jenkins.plugins.cascade.local.syntax.Pipeline;
import java.util.Optional;

/** Runs a whole pipeline: agent, environment, options, stages, post, in this order. */
public final class PipelineRunner {
    private final Pipeline pipeline;
    private final GroovyProgram program;
    private final Environment environment;
    private final Stages stages;
    private final PostConditions post;
    private Exception failure;
    private boolean postRan;

    /** A runner, for one run. */
    public PipelineRunner(Pipeline pipeline, GroovyProgram program) {
        this.pipeline = pipeline;
        this.program = program;
        this.environment = new Environment(program);
        this.stages = new Stages(program);
        this.post = new PostConditions(program);
    }

    /**
     * Runs the pipeline on the calling thread. Whatever a Jenkinsfile throws ends as the build's result, never as an exception here.
     *
     * @param context of the whole build
     * @return the build's result, which is set in the build too
     */
    public Result run(StepContext context) {
        announce(context);
        try {
            program.start(context);
            StepContext inAgent = context.withWorkspace(pipeline.agent().hasWorkspace());
            StepContext inEnvironment = environment.apply(pipeline.environment(), inAgent);
            Wrappers.run(pipeline.options().wrappers(), inEnvironment, this::attempt);
        } catch (Exception e) {
            failure = failure == null ? e : failure;
        }
        if (!postRan) {
            failure = post.run(pipeline.post(), context, failure, Optional.empty());
        }
        return result(context);
    }

    /** One attempt; the option {@code retry} may make several, and an earlier failure is then forgotten. */
    private Object attempt(StepContext context) throws Exception {
        postRan = false;
        failure = stages.sequence(pipeline.stages(), context);
        postRan = true;
        failure = post.run(pipeline.post(), context, failure, Optional.empty());
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private Result result(StepContext context) {
        if (failure != null) {
            context.console().println("ERROR: " + Failures.text(failure));
            context.build().state().worsen(Outcomes.of(failure));
        }
        return context.build().state().currentResult();
    }

    private void announce(StepContext context) {
        context.console().println("This is a local runner for a subset of declarative Pipeline, not Jenkins.");
        if (!pipeline.agent().label().isEmpty()) {
            context.console()
                    .println("agent: label '" + pipeline.agent().label() + "' is not looked at, everything runs here");
        }
        pipeline.triggers().forEach(trigger -> context.console()
                .println("triggers: " + trigger.name() + "(" + trigger.arguments()
                        + ") is not scheduled by a local run"));
        Options options = pipeline.options();
        options.accepted().forEach(option -> context.console().println("options: " + option + " needs nothing here"));
    }
}
