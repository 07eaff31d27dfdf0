package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus.State;
import io.jenkins.plugins.cascade.trainer.libtorch.NativeLibraries;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The trainer: {@code java ... Main STAGE_DIRECTORY}. */
public final class Main {
    private final Path directory;
    private final PrintStream out;
    private final PrintStream err;

    private Main(Path directory, PrintStream out, PrintStream err) {
        this.directory = directory;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the stage in the given directory and ends the process with a code of {@link ExitCode}. A SIGTERM or SIGINT asks for a
     * checkpoint and an end after the step at hand.
     */
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Usage: java -cp ... " + Main.class.getName() + " STAGE_DIRECTORY");
            Runtime.getRuntime().halt(ExitCode.BAD_INPUT.code());
        }
        CompletableFuture<Integer> code = new CompletableFuture<>();
        int result =
                new Main(Path.of(args[0]), System.out, System.err).run(() -> {}, signals -> onSignal(signals, code));
        code.complete(result);
        // Not exit: libtorch's threads may still be in native code, and unloading it under them can end in a crash.
        Runtime.getRuntime().halt(result);
    }

    /** Runs a stage in this process, without signal handling. Returns the exit code. */
    static int run(Path directory, PrintStream out, PrintStream err) {
        return new Main(directory, out, err).run(() -> {}, signals -> {});
    }

    /**
     * Runs a stage in this process for a caller that answers for signals and for the end of the process.
     *
     * @param log for the trainer's output
     * @param held called once this process holds the directory, before the specification in it is read
     * @param running takes what asks the stage for a checkpoint and an end
     * @return a code of {@link ExitCode}; {@code BUSY} when another trainer holds the directory, and then nothing was called
     */
    public static int run(Path directory, PrintStream log, Runnable held, Consumer<Runnable> running) {
        return new Main(directory, log, log).run(held, signals -> running.accept(signals::signal));
    }

    /** The Java platform ends all threads when its shutdown hooks return, so the hook waits for the step and its checkpoint. */
    private static void onSignal(StopSignals signals, CompletableFuture<Integer> code) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            signals.signal();
                            Runtime.getRuntime().halt(code.join());
                        },
                        "stop on signal"));
    }

    private int run(Runnable held, Consumer<StopSignals> starting) {
        try (StageLock lock = StageLock.take(directory)) {
            held.run();
            return runLocked(starting);
        } catch (Throwable e) { // the process ends here: whatever it was becomes a sentence and an exit code
            return report(Failure.of(e), e);
        }
    }

    private int runLocked(Consumer<StopSignals> starting) {
        StatusFile status = new StatusFile(directory.resolve(StageFiles.STATUS));
        try {
            StageSpec spec = SpecFile.read(directory.resolve(StageFiles.SPEC));
            StopSignals signals = new StopSignals(directory, spec.leaseSeconds());
            starting.accept(signals);
            NativeLibraries.prepare(System.getenv(), out);
            new StageRun(directory, spec, signals, status, out).run();
            return ExitCode.DONE.code();
        } catch (Throwable e) { // as above, and here the status file is ours to write
            Failure failure = Failure.of(e);
            int code = report(failure, e);
            writeStatus(status, failure);
            return code;
        }
    }

    private void writeStatus(StatusFile status, Failure failure) {
        try {
            status.state(failure.stopped() ? State.STOPPED : State.FAILED, failure.sentence());
        } catch (StageFailure e) {
            err.println(e.getMessage());
        }
    }

    private int report(Failure failure, Throwable thrown) {
        err.println(failure.sentence());
        if (!failure.expected()) {
            thrown.printStackTrace(err);
        }
        return failure.exitCode();
    }
}
