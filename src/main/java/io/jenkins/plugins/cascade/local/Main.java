package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "cascade",
        description = "Trains language models by Cascade RL.",
        mixinStandardHelpOptions = true,
        version = "Cascade RL " + Main.VERSION,
        subcommands = {
            RunCommand.class,
            VerifyCommand.class,
            GateCommand.class,
            LineageCommand.class,
            MlflowCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    static final String VERSION = "0.1.0";
    /** The exit code of a command line that cannot be understood (EX_USAGE of sysexits.h). */
    static final int USAGE = 64;

    @Spec
    private CommandSpec spec;

    /** Runs a sub-command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        withUsageExitCode(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine command = wrong.getCommandLine();
            command.getErr().println(wrong.getMessage());
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof IOException || failure instanceof UncheckedIOException) {
                command.getErr().println(failure.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
            return Result.FAILURE.exitCode();
        });
        return line;
    }

    private static void withUsageExitCode(CommandLine line) {
        line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
        line.getSubcommands().values().forEach(Main::withUsageExitCode);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing the name of a command");
    }
}
