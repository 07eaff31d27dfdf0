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
import io.jenkins.plugins.cascade.local.step.CascadeSteps;
import io.jenkins.plugins.cascade.local.step.Steps;
import io.jenkins.plugins.cascade.local.syntax.Jenkinsfile;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileParser;
import io.jenkins.plugins.cascade.local.syntax.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
    Result run()
            throws IOException, InterruptedException, JenkinsfileException, ParametersException, WorkspaceException {
        StepCatalog catalog = Steps.catalogOf(StepIndex.find(LocalRun.class.getClassLoader()));
        String name = request.jenkinsfile().toString();
        Jenkinsfile jenkinsfile = new JenkinsfileParser(catalog).parse(name, textOf(request.jenkinsfile()));
        PipelineScript script = new GroovyCompiler(catalog).compile(jenkinsfile);
        Path root = request.workspace().toAbsolutePath().normalize();
        try (Workspace workspace = Workspace.open(root)) {
            CascadeSteps training = cascade.in(workspace.root(), request);
            GroovyProgram program = new GroovyProgram(script, name, new Steps(catalog, training));
            return run(jenkinsfile, program, training, workspace);
        }
    }

    private static String textOf(Path jenkinsfile) throws IOException, JenkinsfileException {
        try {
            return Files.readString(jenkinsfile);
        } catch (CharacterCodingException e) {
            throw new JenkinsfileException(
                    jenkinsfile.toString(), List.of(new Problem(0, "This is not a text in UTF-8: " + e.getMessage())));
        }
    }

    private Result run(Jenkinsfile jenkinsfile, GroovyProgram program, CascadeSteps training, Workspace workspace)
            throws IOException, InterruptedException, ParametersException {
        Checkout checkout = Checkout.of(request.jenkinsfile());
        Optional<BuildRecord> previous = workspace.previous(checkout.jenkinsfile());
        Map<String, Object> parameters = parameters(jenkinsfile, previous);
        int number = workspace.begin();
        long start = System.currentTimeMillis();
        Secrets secrets = new Secrets();
        Path file = workspace.folder(number).resolve("log");
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(LocalRun::timerThread);
        try (BuildLog log = new BuildLog(terminal, interactive, file, secrets, Clock.systemUTC())) {
            LocalBuild build = new LocalBuild(
                    number,
                    checkout.name(),
                    workspace.folder(number),
                    start,
                    parameters,
                    new BuildEnvironment(checkout, number, parameters).variables(),
                    previous,
                    new BuildState(number),
                    log,
                    secrets,
                    timers,
                    request.input());
            Result result = run(jenkinsfile, program, build, checkout.root());
            training.finish(result, log.stream(LogStyle.PLAIN));
            workspace.complete(new BuildRecord(
                    number, checkout.jenkinsfile(), result, start, System.currentTimeMillis() - start, parameters));
            log.stream(LogStyle.PLAIN).println("Finished: " + result);
            return result;
        } finally {
            timers.shutdownNow();
        }
    }

    private static Result run(Jenkinsfile jenkinsfile, GroovyProgram program, LocalBuild build, Path directory) {
        CancelSignal cancel = CancelSignal.root();
        try (Interrupts interrupts = new Interrupts(cancel, build.log().stream(LogStyle.PLAIN))) {
            interrupts.listen();
            return new PipelineRunner(jenkinsfile.pipeline(), program).run(StepContext.of(build, directory, cancel));
        }
    }

    private Map<String, Object> parameters(Jenkinsfile jenkinsfile, Optional<BuildRecord> previous)
            throws ParametersException {
        Map<String, Object> resumed =
                request.resume() ? previous.map(BuildRecord::parameters).orElse(Map.of()) : Map.of();
        return BuildParameters.resolve(jenkinsfile.pipeline().parameters(), request.parameters(), resumed);
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "timers");
        thread.setDaemon(true);
        return thread;
    }
}
