package io.jenkins.plugins.cascade.local.step;

import groovy.lang.Closure;
import io.jenkins.plugins.cascade.local.binding.DescribableType;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.binding.StepBinder;
import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.build.Body;
import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.cps.StepCall;
import io.jenkins.plugins.cascade.local.cps.StepHandler;
import io.jenkins.plugins.cascade.stage.CascadeStep;
import io.jenkins.plugins.cascade.stage.GateStep;
import io.jenkins.plugins.cascade.stage.PromoteStep;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Performs every step of a Jenkinsfile: those of the runner, and those that classes declare. */
public final class Steps implements StepHandler {
    private static final Map<String, LocalStep> BUILT_IN = byName(List.of(
            new EchoStep(),
            new ShellStep(),
            new DirStep(),
            new WithEnvStep(),
            new ErrorStep(),
            new UnstableStep(),
            new CatchErrorStep(),
            new RetryStep(),
            new TimeoutStep(),
            new InputStep(System.in),
            new MailStep(),
            new PublishChecksStep()));

    private final StepCatalog catalog;
    private final StepBinder binder;
    private final CascadeSteps cascade;

    /**
     * The steps.
     *
     * @param catalog from {@link #catalogOf}
     * @param cascade performs the declared steps
     */
    public Steps(StepCatalog catalog, CascadeSteps cascade) {
        this.catalog = catalog;
        this.binder = StepBinder.forRun(catalog);
        this.cascade = cascade;
    }

    /**
     * Every step that a Jenkinsfile may use.
     *
     * @param declared classes that declare steps and their arguments
     */
    public static StepCatalog catalogOf(Collection<DescribableType> declared) {
        return new StepCatalog(
                BUILT_IN.values().stream().map(LocalStep::signature).toList(), declared, Steps::checkRequest);
    }

    /** Two arguments that contradict each other are found when the step says what it asks for; no file is looked at. */
    private static void checkRequest(Object step) {
        if (step instanceof CascadeStep training) {
            training.toRequest();
        } else if (step instanceof GateStep gate) {
            gate.toGateRequest();
        } else if (step instanceof PromoteStep promotion) {
            Objects.requireNonNull(promotion.toPromoteRequest());
        }
    }

    private static Map<String, LocalStep> byName(List<LocalStep> steps) {
        Map<String, LocalStep> named = new LinkedHashMap<>();
        steps.forEach(step -> named.put(step.signature().name(), step));
        return named;
    }

    @Override
    public Object perform(StepCall call, GroovyProgram program, StepContext context) throws Exception {
        context.check();
        Body body = bodyOf(call, program);
        if (call.name().equals("script")) {
            return body.run(context);
        }
        Optional<DescribableType> declared = catalog.declared(call.name());
        if (declared.isPresent()) {
            return performDeclared(declared.get(), call, context);
        }
        LocalStep step = BUILT_IN.get(call.name());
        Signature signature = step.signature();
        if (signature.takesBody() && call.body().isEmpty()) {
            throw new StepFailedException("Expected a block with the \"" + call.name() + "\" step");
        }
        requireWorkspace(step.needsWorkspace(), call, context);
        Map<String, Object> values = binder.arguments(signature, call.positional(), call.named());
        return step.run(new StepArguments(values, body), context);
    }

    private Object performDeclared(DescribableType type, StepCall call, StepContext context) throws Exception {
        Object step = binder.bind(type, call.positional(), call.named());
        requireWorkspace(step instanceof CascadeStep, call, context);
        try {
            return cascade.run(step, context);
        } catch (Exception failure) {
            stoppedBy(failure, context);
            throw failure;
        }
    }

    /** A step that was asked to stop fails with the request, whatever it made of it. */
    private static void stoppedBy(Exception failure, StepContext context) throws Exception {
        try {
            context.check();
        } catch (InterruptedRunException interrupted) {
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }

    private static void requireWorkspace(boolean needed, StepCall call, StepContext context)
            throws StepFailedException {
        if (needed && !context.workspace()) {
            throw new StepFailedException("The step \"" + call.name()
                    + "\" needs an agent, but \"agent none\" was specified: give the pipeline or the stage an agent");
        }
    }

    private static Body bodyOf(StepCall call, GroovyProgram program) {
        Optional<Closure<?>> closure = call.body();
        return context -> closure.isPresent() ? program.run(closure.get(), context) : null;
    }
}
