package io.jenkins.plugins.cascade.local.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import groovy.lang.Closure;
import io.jenkins.plugins.cascade.local.binding.BindingException;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import io.jenkins.plugins.cascade.local.syntax.Block;
import io.jenkins.plugins.cascade.local.syntax.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A compiled Jenkinsfile, running. Groovy code of parallel branches takes turns, as on Jenkins' one thread for it, so a script may share
 * variables between branches; steps of the branches run at the same time.
 */
public final class GroovyProgram {
    private final PipelineScript script;
    private final String name;
    private final StepHandler steps;
    private final Lock turn = new ReentrantLock(true);
    private final List<Closure<?>> blocks = new ArrayList<>();

    /**
     * A program.
     *
     * @param script compiled by {@link GroovyCompiler}
     * @param name how messages call the file
     * @param steps performs its steps
     */
    public GroovyProgram(PipelineScript script, String name, StepHandler steps) {
        this.script = script;
        this.name = name;
        this.steps = steps;
    }

    /** Evaluates the definitions before the pipeline block; to be called once, before any block is run. */
    public void start(StepContext context) throws Exception {
        for (Object block : (List<?>) run(new Continuable(script), context)) {
            blocks.add((Closure<?>) block);
        }
    }

    /**
     * Runs a block of the Jenkinsfile on the calling thread.
     *
     * @return its value
     * @throws Exception what the block throws
     */
    public Object run(Block block, StepContext context) throws Exception {
        return run(blocks.get(block.index()), context);
    }

    /** Runs a closure of the Jenkinsfile, such as the body of a step, on the calling thread. */
    public Object run(Closure<?> closure, StepContext context) throws Exception {
        CpsCallableInvocation invocation;
        turn.lock();
        try {
            CurrentContext.set(context);
            return closure.call();
        } catch (CpsCallableInvocation transformed) {
            invocation = transformed;
        } finally {
            turn.unlock();
            CurrentContext.clear();
        }
        return run(
                new Continuable(invocation.invoke(Envs.empty(), SourceLocation.UNKNOWN, Continuation.HALT)), context);
    }

    private Object run(Continuable code, StepContext context) throws Exception {
        Outcome resumeWith = new Outcome(null, null);
        while (true) {
            Outcome outcome = resume(code, resumeWith, context);
            if (!code.isResumable()) {
                return valueOf(outcome);
            }
            resumeWith = perform((StepCall) outcome.getNormal(), code, context);
        }
    }

    private Outcome resume(Continuable code, Outcome outcome, StepContext context) {
        turn.lock();
        try {
            CurrentContext.set(context);
            return code.run0(outcome, Continuable.categories);
        } finally {
            turn.unlock();
            CurrentContext.clear();
        }
    }

    /** Whatever the step throws goes on in the Groovy code, which may catch it. */
    private Outcome perform(StepCall call, Continuable code, StepContext context) {
        try {
            return new Outcome(steps.perform(call, this, context), null);
        } catch (ScriptErrorException e) {
            return new Outcome(null, e.getCause());
        } catch (BindingException e) {
            return new Outcome(null, new StepFailedException(new Problem(lineOf(code), e.getMessage()).at(name), e));
        } catch (Exception e) {
            return new Outcome(null, e);
        }
    }

    private static int lineOf(Continuable code) {
        return code.getStackTrace().stream()
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    private static Object valueOf(Outcome outcome) throws Exception {
        Throwable failure = outcome.getAbnormal();
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof VirtualMachineError error) {
            throw error;
        }
        if (failure != null) {
            throw new ScriptErrorException(failure);
        }
        return outcome.getNormal();
    }
}
