package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;

/** A step that the runner performs itself. */
interface LocalStep {
    /** How it is called. */
    Signature signature();

    /** True if it needs an agent's workspace. */
    default boolean needsWorkspace() {
        return false;
    }

    /**
     * Performs the step.
     *
     * @return its value, null for most steps
     * @throws Exception its failure
     */
    Object run(StepArguments arguments, StepContext context) throws Exception;
}
