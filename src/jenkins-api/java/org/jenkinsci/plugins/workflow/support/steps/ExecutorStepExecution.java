package org.jenkinsci.plugins.workflow.support.steps;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

public class ExecutorStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    ExecutorStepExecution(StepContext context) {
        super(context);
    }

    @Override
    public boolean start() throws Exception {
        throw new UnsupportedOperationException();
    }

    public static final class RemovedNodeTimeoutCause extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        public RemovedNodeTimeoutCause() {}

        @Override
        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }
    }
}
