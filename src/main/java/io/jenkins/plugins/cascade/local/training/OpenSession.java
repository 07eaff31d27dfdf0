package io.jenkins.plugins.cascade.local.training;

import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.report.HtmlReport;
import io.jenkins.plugins.cascade.stage.CascadeOptions;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.LocalTrainerLauncher;
import io.jenkins.plugins.cascade.stage.MlflowRuns;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.track.RunTags;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The session of a build that trains.
 *
 * @param session its stages
 * @param tracker where their metrics go
 * @param folder the build's folder
 */
record OpenSession(CascadeSession session, Tracker tracker, Path folder) {
    /** What the runs of a build are appended to. */
    static final String JOURNAL = "journal.jsonl";

    /**
     * Opens the session.
     *
     * @param folder the build's folder
     * @param context of the first step that trains; its environment says where the runs go
     */
    static OpenSession open(Path workspace, Path folder, boolean resume, LocalMlflow mlflow, StepContext context)
            throws IOException, InterruptedException, StageException {
        TrackingEnvironment environment = mlflow.environment(context.environment(), context.console());
        String job = context.build().jobName();
        int number = context.build().number();
        String experiment = environment.experimentName().orElse(job);
        Map<String, String> tags = RunTags.of(context.environment(), context.directory(), job);
        CascadeOptions options = CascadeOptions.local(workspace, folder, job, number)
                .withResume(resume)
                .withCommit(tags.get(RunTags.COMMIT))
                .withTracking(experiment, environment.runName().orElse(job + " #" + number), tags);
        Tracker tracker = Tracker.open(folder.resolve(JOURNAL), environment);
        try {
            CascadeSession session = CascadeSession.open(
                    options,
                    new LocalTrainerLauncher(Verifiers::versions),
                    tracker,
                    MlflowRuns.of(environment, experiment));
            return new OpenSession(session, tracker, folder);
        } catch (StageException e) {
            tracker.close();
            throw e;
        }
    }

    /** Ends the records and says where they are. */
    void finish(String result, PrintStream console) {
        session.finish(result).ifPresent(console::println);
        tracker.close();
        tracker.warnings().forEach(warning -> console.println("warning: " + warning));
        console.println("Report: " + folder.resolve(HtmlReport.NAME));
        String page = session.record().mlflowUrl();
        if (page != null) {
            console.println("MLflow: " + page);
            session.comparisonUrl().ifPresent(chart -> console.println("Chart of all runs: " + chart));
        }
    }
}
