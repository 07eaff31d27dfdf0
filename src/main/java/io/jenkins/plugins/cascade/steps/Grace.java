package io.jenkins.plugins.cascade.steps;

import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How long a trainer may take to write its checkpoint when its step is stopped. */
final class Grace {
    /** The {@code timeout} step fails its body for good after a minute, and until then the trainer must have been killed too. */
    static final Duration OF_TIMEOUT = Duration.ofSeconds(30);

    private static final String TIMEOUT = "TimeoutStepExecution$ExceededTimeout";

    private Grace() {}

    /**
     * The grace.
     *
     * @param cause why the step is stopped
     * @param configured what the administrator set
     */
    static Duration of(Throwable cause, Duration configured) {
        boolean timeout = cause instanceof FlowInterruptedException flow
                && flow.getCauses().stream()
                        .anyMatch(why -> why.getClass().getName().endsWith(TIMEOUT));
        return timeout && configured.compareTo(OF_TIMEOUT) > 0 ? OF_TIMEOUT : configured;
    }
}
