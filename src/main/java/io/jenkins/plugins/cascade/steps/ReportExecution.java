package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.CheckSummary;
import io.jenkins.plugins.cascade.stage.StageException;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads the build's record. */
final class ReportExecution extends ControllerExecution {
    private static final long serialVersionUID = 1L;

    ReportExecution(StepContext context) {
        super(context);
    }

    @Override
    public String getStatus() {
        return "reading the record";
    }

    @Override
    Ending perform() throws IOException, InterruptedException, StageException {
        Run<?, ?> build = getContext().get(Run.class);
        CascadeRecord record = BuildSessions.get()
                .of(build)
                .open(null, getContext().get(EnvVars.class))
                .record();
        String result = BuildSessions.word(build.getResult());
        BuildReport report = new BuildReport(CheckSummary.of(record.withResult(result, record.finishedAt())));
        return context -> context.onSuccess(report);
    }
}
