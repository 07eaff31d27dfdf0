package io.jenkins.plugins.cascade.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cascade mlflow}. */
@Command(
        name = "mlflow",
        mixinStandardHelpOptions = true,
        description = "What has to do with MLflow.",
        subcommands = SyncCommand.class)
final class MlflowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing the name of a command");
    }
}
