package io.jenkins.plugins.cascade.agent;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.stage.FailedOrder;
import io.jenkins.plugins.cascade.stage.OrderFiles;
import io.jenkins.plugins.cascade.stage.PreparedStage;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.StageOrder;
import io.jenkins.plugins.cascade.stage.UploadOrder;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code java -cp cascade-trainer.jar ... Main ROOT ORDER}: does what the order says. ROOT is the stage store of this machine, ORDER the
 * order in it: {@code orders/<attempt>/order.json} to train, {@code orders/<attempt>/upload.json} to send a checkpoint to MLflow, for which
 * alone MLflow's variables are in the environment. The process ends with a code of {@link ExitCode}; SIGTERM and SIGINT ask for a
 * checkpoint and an end.
 */
public final class Main {
    /** Kept, because the platform forgets the level of a logger that nobody holds. */
    private static final Logger ENGINE = Logger.getLogger("ai.djl");

    /** Java's own code for an uncaught exception. */
    private static final int CRASH = 1;

    private final Path root;
    private final String path;
    private final Termination termination;

    private Main(Path root, String path, Termination termination) {
        this.root = root.toAbsolutePath().normalize();
        this.path = path;
        this.termination = termination;
    }

    /** Does what the order says and ends the process. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("Usage: java -cp ... " + Main.class.getName() + " ROOT ORDER");
            Runtime.getRuntime().halt(ExitCode.BAD_INPUT.code());
        }
        // Without this the tensor library reports its use to its makers.
        System.setProperty("OPT_OUT_TRACKING", "true");
        // What this process prints is in the build's log; how the engine finds its files is nothing for it.
        ENGINE.setLevel(Level.WARNING);
        Termination termination = Termination.install();
        int code = new Main(Path.of(arguments[0]), arguments[1], termination).run();
        termination.ended(code);
        // Not exit: libtorch's threads may still be in native code, and unloading it under them can end in a crash.
        Runtime.getRuntime().halt(code);
    }

    private int run() {
        try {
            return UploadOrder.isAt(path) ? upload() : perform(StageOrder.folder(root, path));
        } catch (StageException e) {
            System.err.println(e.getMessage());
            return ExitCode.BAD_INPUT.code();
        }
    }

    /** Sends a checkpoint to MLflow; a signal ends that at once, and the next time it goes on. */
    private int upload() throws StageException {
        try {
            System.out.println(UploadOrder.perform(root, path, System.getenv()));
            return ExitCode.DONE.code();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return ExitCode.CANNOT_WRITE.code();
        }
    }

    private int perform(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(OrderFiles.FAILED));
            return perform(folder, StageOrder.read(root, path));
        } catch (StageException e) {
            return failed(folder, ExitCode.BAD_INPUT.code(), e.getMessage());
        } catch (StageFailure e) {
            return failed(folder, e.exitCode().code(), e.getMessage());
        } catch (IOException e) {
            return failed(
                    folder,
                    ExitCode.CANNOT_WRITE.code(),
                    "The stage store " + root + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
        } catch (Throwable e) { // the process ends here: whatever it was becomes a sentence and an exit code
            e.printStackTrace();
            return failed(folder, CRASH, "The stage's process failed unexpectedly: " + e);
        }
    }

    private int perform(Path folder, StageOrder order) throws StageException, IOException, InterruptedException {
        try (OrderLock lock = OrderLock.hold(folder)) {
            new OldOrders(root, Instant.now()).remove();
            PreparedStage prepared = order.prepare(root, path, Verifiers.versions(System.getenv()));
            prepared.write(folder);
            return new OrderedStage(root, folder, order, prepared, termination).run();
        }
    }

    private static int failed(Path folder, int code, String sentence) {
        try {
            new FailedOrder(sentence).write(folder);
        } catch (IOException e) {
            System.err.println(sentence);
            System.err.println("This cannot be written to " + folder + ": " + e.getMessage());
        }
        return code;
    }
}
