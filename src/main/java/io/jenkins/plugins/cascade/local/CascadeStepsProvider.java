package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.step.CascadeSteps;
import java.nio.file.Path;

/** Makes what performs the training steps of one run. */
@FunctionalInterface
interface CascadeStepsProvider {
    /**
     * The steps of a run.
     *
     * @param workspace where stages keep their folders
     * @param request how the run was asked for
     */
    CascadeSteps in(Path workspace, RunRequest request);
}
