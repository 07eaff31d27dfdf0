package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.InputAnswer;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.WorkspaceException;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import io.jenkins.plugins.cascade.local.training.StageSteps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cascade run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a declarative Jenkinsfile without a controller.",
            "This is a local runner for a subset of declarative Pipeline, not Jenkins: what it does not know it refuses before"
                    + " anything runs. Steps run in the root of the checkout that holds the Jenkinsfile.",
            "",
            "Ctrl-C stops the build: a training step writes a checkpoint first, and post conditions run. A second Ctrl-C kills."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:SUCCESS",
            "1:UNSTABLE",
            "2:FAILURE",
            "3:NOT_BUILT",
            "4:ABORTED",
            "64:the command line is wrong"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "JENKINSFILE",
            description = "The file to run (default: ${DEFAULT-VALUE}).")
    private Path jenkinsfile = Path.of("Jenkinsfile");

    @Option(
            names = {"-P", "--param"},
            paramLabel = "NAME=VALUE",
            description = "Sets a build parameter; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Keeps builds, logs and checkpoints (default: ${DEFAULT-VALUE}).")
    private Path workspace = Path.of("work");

    @Option(
            names = "--resume",
            description =
                    "Goes on after a build that was stopped: takes the parameters of the last build where none are given, and goes"
                            + " on from the checkpoint of the training step that was stopped. Finished training steps are never repeated; all"
                            + " other steps run again.")
    private boolean resume;

    @Option(
            names = "--mlflow",
            description = "Starts an MLflow server on 127.0.0.1 for this run, unless MLFLOW_TRACKING_URI names one.")
    private boolean mlflow;

    @Option(
            names = "--input",
            paramLabel = "ANSWER",
            description =
                    "Who answers the step input: ask (at the terminal; the default), proceed or abort (without asking; for a run that"
                            + " nobody watches).")
    private InputAnswer input = InputAnswer.ASK;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(jenkinsfile)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no file " + jenkinsfile + ": name the Jenkinsfile to run");
        }
        PrintStream errors = System.err;
        try {
            RunRequest request = new RunRequest(jenkinsfile, parameters, workspace, resume, mlflow, input);
            CascadeStepsProvider cascade = (root, asked) -> new StageSteps(root, asked.resume(), asked.mlflow());
            return new LocalRun(request, cascade, System.out, System.console() != null)
                    .run()
                    .exitCode();
        } catch (JenkinsfileException | WorkspaceException e) {
            errors.println(e.getMessage());
            return Result.FAILURE.exitCode();
        } catch (ParametersException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
