package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.binding.StepIndex;
import io.jenkins.plugins.cascade.local.build.BuildLog;
import io.jenkins.plugins.cascade.local.build.BuildRecord;
import io.jenkins.plugins.cascade.local.build.BuildState;
import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.LocalBuild;
import io.jenkins.plugins.cascade.local.build.LogStyle;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.Secrets;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.Workspace;
import io.jenkins.plugins.cascade.local.build.WorkspaceException;
import io.jenkins.plugins.cascade.local.cps.GroovyCompiler;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.cps.PipelineScript;
import io.jenkins.plugins.cascade.local.interpret.PipelineRunner;
import io.jenkins.plugins.cascade.local.step.Steps;
import io.jenkins.plugins.cascade.local.syntax.Jenkinsfile;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One run of a Jenkinsfile from its file to its record in the workspace. */
final class LocalRun {
    private final RunRequest request;
    private final CascadeStepsProvider cascade;
    private final PrintStream terminal;
    private final boolean interactive;
    private final CancelSignal cancel = CancelSignal.root();
    private final Secrets secrets = new Secrets();

    LocalRun(RunRequest request, CascadeStepsProvider cascade, PrintStream terminal, boolean interactive) {
        this.request = request;
        this.cascade = cascade;
        this.terminal = terminal;
        this.interactive = interactive;
    }

    /**
     * Checks the Jenkinsfile, takes the workspace, and runs.
     *
     * @throws JenkinsfileException if the Jenkinsfile cannot run here; nothing has run then
     * @throws ParametersException if the parameters are not those of the Jenkinsfile; nothing has run then
     * @throws WorkspaceException if the workspace cannot be used; nothing has run then
     */
    Result run() throws IOException, JenkinsfileException, ParametersException, WorkspaceException {
        StepCatalog catalog = Steps.catalogOf(StepIndex.find(LocalRun.class.getClassLoader()));
        String name = request.jenkinsfile().toString();
        Jenkinsfile jenkinsfile = new JenkinsfileParser(catalog).parse(name, Files.readString(request.jenkinsfile()));
        PipelineScript script = new GroovyCompiler(catalog).compile(jenkinsfile);
        try (Workspace workspace = Workspace.open(request.workspace().toAbsolutePath().normalize())) {
            Steps steps = new Steps(catalog, cascade.in(workspace.root(), request));
            return run(jenkinsfile, new GroovyProgram(script, name, steps), workspace);
        }
    }

    private Result run(Jenkinsfile jenkinsfile, GroovyProgram program, Workspace workspace)
            throws IOException, ParametersException {
        Optional<BuildRecord> previous = workspace.previous();
        Map<String, Object> resumed =
                request.resume() ? previous.map(BuildRecord::parameters).orElse(Map.of()) : Map.of();
        Map<String, Object> parameters =
                BuildParameters.resolve(jenkinsfile.pipeline().parameters(), request.parameters(), resumed);
        Checkout checkout = Checkout.of(request.jenkinsfile());
        int number = workspace.begin();
        long start = System.currentTimeMillis();
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(LocalRun::timerThread);
        try (BuildLog log = new BuildLog(
                        terminal, interactive, workspace.folder(number).resolve("log"), secrets, Clock.systemUTC());
                Interrupts interrupts = Interrupts.cancelling(cancel)) {
            String job = String.valueOf(checkout.root().getFileName());
            LocalBuild build = new LocalBuild(
                    number,
                    job,
                    start,
                    parameters,
                    new BuildEnvironment(checkout, number, job, parameters).variables(),
                    previous,
                    new BuildState(number),
                    log,
                    secrets,
                    timers);
            Result result = new PipelineRunner(jenkinsfile.pipeline(), program)
                    .run(StepContext.of(build, checkout.root(), cancel));
            workspace.complete(new BuildRecord(
                    number, result, start, System.currentTimeMillis() - start, new LinkedHashMap<>(parameters)));
            log.stream(LogStyle.PLAIN).println("Finished: " + result);
            return result;
        } finally {
            timers.shutdownNow();
        }
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "timers");
        thread.setDaemon(true);
        return thread;
    }
}
