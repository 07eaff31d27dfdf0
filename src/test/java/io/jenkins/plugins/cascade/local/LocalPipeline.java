package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.binding.DescribableType;
import io.jenkins.plugins.cascade.local.binding.SampleGate;
import io.jenkins.plugins.cascade.local.binding.SampleStep;
import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.build.BuildLog;
import io.jenkins.plugins.cascade.local.build.BuildRecord;
import io.jenkins.plugins.cascade.local.build.BuildState;
import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.InputAnswer;
import io.jenkins.plugins.cascade.local.build.LocalBuild;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.Secrets;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.cps.GroovyCompiler;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.interpret.PipelineRunner;
import io.jenkins.plugins.cascade.local.step.CascadeSteps;
import io.jenkins.plugins.cascade.local.step.Steps;
import io.jenkins.plugins.cascade.local.syntax.Jenkinsfile;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Runs a Jenkinsfile in a test: real parser, Groovy, steps and processes; the training steps are whatever the test gives. */
public final class LocalPipeline {
    private static final StepCatalog CATALOG = Steps.catalogOf(List.of(
            DescribableType.of(SampleStep.class, "train", true), DescribableType.of(SampleGate.class, "gate", false)));

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Map<String, Object> parameters = new HashMap<>();
    private final CancelSignal cancel = CancelSignal.root();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private Optional<BuildRecord> previous = Optional.empty();
    private InputAnswer input = InputAnswer.ASK;
    private CascadeSteps cascade = new FakeCascadeSteps();

    /** A pipeline whose steps run in a folder. */
    public LocalPipeline(Path folder) {
        this.folder = folder;
    }

    /** Sets a variable of the machine. */
    public LocalPipeline with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Sets a parameter. */
    public LocalPipeline parameter(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /** There was a build before, with this result. */
    public LocalPipeline after(Result result) {
        previous = Optional.of(new BuildRecord(1, "Jenkinsfile", result, 0, 1, Map.of()));
        return this;
    }

    /** Answers every {@code input} so. */
    public LocalPipeline answering(InputAnswer answer) {
        input = answer;
        return this;
    }

    /** Performs the training steps so. */
    public LocalPipeline performing(CascadeSteps steps) {
        cascade = steps;
        return this;
    }

    /** What stops the build. */
    public CancelSignal cancel() {
        return cancel;
    }

    /** What was printed so far. */
    public String printed() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    /** Reads a Jenkinsfile. */
    public static Jenkinsfile parse(String text) throws JenkinsfileException {
        return new JenkinsfileParser(CATALOG).parse("Jenkinsfile", text);
    }

    /** Reads and runs a Jenkinsfile. */
    public Ended run(String text) throws JenkinsfileException {
        Jenkinsfile jenkinsfile = parse(text);
        GroovyProgram program = new GroovyProgram(
                new GroovyCompiler(CATALOG).compile(jenkinsfile), "Jenkinsfile", new Steps(CATALOG, cascade));
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        Secrets secrets = new Secrets();
        try (BuildLog log = new BuildLog(
                new PrintStream(terminal, true, StandardCharsets.UTF_8),
                false,
                Files.createTempFile(folder, "build", ".log"),
                secrets,
                Clock.systemUTC())) {
            LocalBuild build = new LocalBuild(
                    2,
                    "job",
                    folder,
                    System.currentTimeMillis(),
                    parameters,
                    environment,
                    previous,
                    new BuildState(2),
                    log,
                    secrets,
                    timers,
                    input);
            Result result =
                    new PipelineRunner(jenkinsfile.pipeline(), program).run(StepContext.of(build, folder, cancel));
            return new Ended(result, printed().lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            timers.shutdownNow();
        }
    }

    /** How a build ended. */
    public record Ended(Result result, List<String> lines) {
        /** The lines that begin with {@code > }, without that: what the test's Jenkinsfile said itself. */
        public List<String> said() {
            return lines.stream()
                    .filter(line -> line.startsWith("> "))
                    .map(line -> line.substring(2))
                    .toList();
        }

        /** True if a line of the log contains the text. */
        public boolean shows(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }
}
