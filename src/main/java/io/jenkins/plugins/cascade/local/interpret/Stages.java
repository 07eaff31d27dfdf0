package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.StageScope;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.syntax.Agent;
import io.jenkins.plugins.cascade.local.syntax.Stage;
import java.util.List;
import java.util.Optional;

/** Runs stages: options, agent, condition, environment, body, post, in this order. */
final class Stages {
    private static final String CONDITIONAL = "when conditional";
    private static final String EARLIER_FAILURE = "earlier failure(s)";

    private final GroovyProgram program;
    private final Conditions conditions;
    private final Environment environment;
    private final PostConditions post;

    Stages(GroovyProgram program) {
        this.program = program;
        this.conditions = new Conditions(program);
        this.environment = new Environment(program);
        this.post = new PostConditions(program);
    }

    /**
     * Runs stages one after the other; after a failure the rest is skipped.
     *
     * @return the first failure, null if there was none
     */
    Exception sequence(List<Stage> stages, StepContext context) {
        Exception first = null;
        for (Stage stage : stages) {
            if (first != null) {
                skip(stage, EARLIER_FAILURE, context);
            } else {
                first = failureOf(stage, context);
            }
        }
        return first;
    }

    /** Whatever a stage throws is its failure; the pipeline decides what it means. */
    private Exception failureOf(Stage stage, StepContext context) {
        try {
            run(stage, context);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Whatever the options or the body throw, the post conditions of a parallel stage see it before it goes on. */
    private void run(Stage stage, StepContext outer) throws Exception {
        StageScope scope = new StageScope(stage.name(), outer.stage().orElse(null));
        StepContext context = outer.withStage(scope);
        context.console().println("[Pipeline] stage (" + stage.name() + ")");
        if (stage.when().isPresent() && stage.when().get().beforeOptions() && !conditionHolds(stage, context)) {
            skip(stage, CONDITIONAL, context);
            return;
        }
        Exception failure = null;
        Ran ran = new Ran();
        try {
            Wrappers.run(stage.options().wrappers(), context, wrapped -> {
                inAgent(stage, wrapped, scope, ran);
                return null;
            });
        } catch (Exception e) {
            failure = e;
        }
        if (stage.body() instanceof Stage.Parallel && (ran.body || failure != null)) {
            failure = post.run(stage.post(), context, failure, Optional.of(scope));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void inAgent(Stage stage, StepContext wrapped, StageScope scope, Ran ran) throws Exception {
        StepContext context =
                wrapped.withWorkspace(stage.agent().map(Agent::hasWorkspace).orElse(wrapped.workspace()));
        boolean evaluated = stage.when().isPresent() && stage.when().get().beforeOptions();
        if (!evaluated && !conditionHolds(stage, context)) {
            skip(stage, CONDITIONAL, context);
            return;
        }
        ran.body = true;
        body(stage, environment.apply(stage.environment(), context), scope);
    }

    private boolean conditionHolds(Stage stage, StepContext context) throws Exception {
        return stage.when().isEmpty() || conditions.hold(stage.when().get().condition(), context);
    }

    private void body(Stage stage, StepContext context, StageScope scope) throws Exception {
        if (stage.body() instanceof Stage.Parallel parallel) {
            new ParallelStages(this::run).run(parallel, context);
            return;
        }
        Exception failure = stage.body() instanceof Stage.Sequential sequential
                ? sequence(sequential.stages(), context)
                : steps((Stage.Steps) stage.body(), context);
        failure = post.run(stage.post(), context, failure, Optional.of(scope));
        if (failure != null) {
            throw failure;
        }
    }

    /** Whatever the steps throw, the post conditions see it before it goes on. */
    private Exception steps(Stage.Steps steps, StepContext context) {
        try {
            program.run(steps.block(), context);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Says why a stage, and every stage inside it, does not run. */
    private void skip(Stage stage, String reason, StepContext context) {
        context.console().println("Stage \"" + stage.name() + "\" skipped due to " + reason);
        if (stage.body() instanceof Stage.Sequential sequential) {
            sequential.stages().forEach(inner -> skip(inner, reason, context));
        } else if (stage.body() instanceof Stage.Parallel parallel) {
            parallel.stages().forEach(inner -> skip(inner, reason, context));
        }
    }

    /** Whether the body of a stage was reached, in any attempt. */
    private static final class Ran {
        private boolean body;
    }
}
