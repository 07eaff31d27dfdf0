package io.jenkins.plugins.cascade.local.cps;

import io.jenkins.plugins.cascade.local.build.StepContext;

/** Performs steps. */
@FunctionalInterface
public interface StepHandler {
    /**
     * Performs one step on the calling thread.
     *
     * @param program runs the step's body
     * @return the step's value
     * @throws Exception the step's failure, which the Groovy code may catch
     */
    Object perform(StepCall call, GroovyProgram program, StepContext context) throws Exception;
}
