package io.jenkins.plugins.cascade.local.training;

import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import io.jenkins.plugins.cascade.local.step.CascadeSteps;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.CascadeStep;
import io.jenkins.plugins.cascade.stage.GateStep;
import io.jenkins.plugins.cascade.stage.PromoteStep;
import io.jenkins.plugins.cascade.stage.ReportStep;
import io.jenkins.plugins.cascade.stage.StageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Performs the steps that train and the steps that compare, each build in a session of its own. */
public final class StageSteps implements CascadeSteps {
    private final Path workspace;
    private final boolean resume;
    private final LocalMlflow mlflow;
    private OpenSession open;

    /**
     * The steps of one build; nothing is opened before the first of them runs.
     *
     * @param workspace the folder that keeps the builds and the stages
     * @param resume true if what an earlier build left unfinished must be continued
     * @param mlflow true if an MLflow server is to be started where the environment names none
     */
    public StageSteps(Path workspace, boolean resume, boolean mlflow) {
        this.workspace = workspace;
        this.resume = resume;
        this.mlflow = new LocalMlflow(workspace, mlflow);
    }

    @Override
    public Object run(Object step, StepContext context) throws Exception {
        try {
            if (step instanceof CascadeStep training) {
                StageRecord record = session(context).run(training.toRequest(), new ContextHost(context));
                settle(record.status(), record.message(), context);
                return training.toResult(record);
            }
            if (step instanceof GateStep gate) {
                GateRecord record = session(context).gate(gate.toGateRequest(), new ContextHost(context));
                settle(record.status(), record.message(), context);
                return gate.toResult(record);
            }
            if (step instanceof ReportStep report) {
                return report.toResult(ended(session(context).record(), context));
            }
            if (step instanceof PromoteStep promotion) {
                return promotion.toResult(
                        session(context).promote(promotion.toPromoteRequest(), new ContextHost(context)));
            }
        } catch (StageException | IllegalArgumentException e) {
            throw new StepFailedException(e.getMessage(), e);
        }
        throw new IllegalArgumentException(step.getClass().getName() + " is no step of a cascade");
    }

    /** The record as it would be if the build ended now. */
    private static CascadeRecord ended(CascadeRecord record, StepContext context) {
        Result result = context.build().state().currentResult();
        return record.withResult(word(result), record.finishedAt());
    }

    private static String word(Result result) {
        return result == Result.NOT_BUILT ? Result.FAILURE.name() : result.name();
    }

    private synchronized CascadeSession session(StepContext context)
            throws IOException, InterruptedException, StageException {
        if (open == null) {
            Path folder = workspace
                    .resolve("builds")
                    .resolve(Integer.toString(context.build().number()));
            open = OpenSession.open(workspace, folder, resume, mlflow, context);
        }
        return open.session();
    }

    private static void settle(StageRecord.Status status, String message, StepContext context)
            throws StepFailedException {
        switch (status) {
            case ACCEPTED -> context.console().flush();
            case UNSTABLE -> {
                context.console().println("WARNING: " + message);
                context.worsen(Result.UNSTABLE);
            }
            default -> throw new StepFailedException(message);
        }
    }

    @Override
    public synchronized void finish(Result result, PrintStream console) {
        if (open != null) {
            open.finish(word(result), console);
            open = null;
        }
    }
}
