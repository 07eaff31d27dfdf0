package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.CheckSummary;
import io.jenkins.plugins.cascade.stage.ReportStep;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code cascadeReport()}: what the build's cascade came to so far, for a check, a mail or a chat. It needs no agent, so it also stands in
 * the {@code post} section of a pipeline without one.
 */
public final class CascadeReportStep extends Step implements ReportStep {
    /** The build's record. */
    @DataBoundConstructor
    public CascadeReportStep() {
        // It has no arguments.
    }

    @Override
    public Object toResult(CascadeRecord cascade) {
        return new BuildReport(CheckSummary.of(cascade));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ReportExecution(context);
    }

    /** Makes {@code cascadeReport} known to Pipeline. */
    @Extension
    @Symbol("cascadeReport")
    public static final class DescriptorImpl extends ControllerStepDescriptor {
        /** The step's name in a Jenkinsfile. */
        public DescriptorImpl() {
            super("cascadeReport");
        }
    }
}
