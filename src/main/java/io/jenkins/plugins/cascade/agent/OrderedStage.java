package io.jenkins.plugins.cascade.agent;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.stage.AdoptedTrainer;
import io.jenkins.plugins.cascade.stage.FinishedTraining;
import io.jenkins.plugins.cascade.stage.LineageFile;
import io.jenkins.plugins.cascade.stage.PreparedStage;
import io.jenkins.plugins.cascade.stage.StageDirectory;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.StageOrder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Brings a prepared stage to its end: what is trained already is left as it is, a trainer that is at work on it is waited for, and otherwise
 * this process trains. The lock in the stage's directory sees to it that no two trainers ever do.
 */
final class OrderedStage {
    private static final long POLL_MILLIS = 200;

    private final Path order;
    private final int leaseSeconds;
    private final boolean onAStage;
    private final PreparedStage prepared;
    private final StageDirectory directory;
    private final Termination termination;

    OrderedStage(Path root, Path order, StageOrder ordered, PreparedStage prepared, Termination termination) {
        this.order = order;
        this.leaseSeconds = ordered.leaseSeconds();
        this.onAStage = ordered.request().model() == null;
        this.prepared = prepared;
        this.directory = new StageDirectory(root.resolve(prepared.directory()));
        this.termination = termination;
    }

    /**
     * Does it.
     *
     * @return a code of {@link ExitCode}
     * @throws StageException when what was trained is not what it says it is
     * @throws IOException when the directory cannot be written
     */
    int run() throws StageException, IOException, InterruptedException {
        if (prepared.trained()) {
            return ExitCode.DONE.code();
        }
        Files.createDirectories(directory.path());
        int code = ExitCode.BUSY.code();
        while (code == ExitCode.BUSY.code()) {
            boolean followed = waitForAnother();
            if (directory.finished()) {
                return verified();
            }
            if (!followed || stopWanted()) {
                return ExitCode.STOPPED.code();
            }
            code = train();
        }
        return code == ExitCode.DONE.code() ? verified() : code;
    }

    private boolean stopWanted() {
        return termination.requested() || OrderRelay.stopWanted(order);
    }

    /**
     * Waits until no other trainer holds the directory.
     *
     * @return false when nobody follows this order any more
     */
    private boolean waitForAnother() throws StageException, IOException, InterruptedException {
        if (!directory.locked()) {
            return true;
        }
        termination.working(this::stopTheOther);
        try (OrderRelay relay = OrderRelay.start(order, directory, leaseSeconds, true)) {
            while (directory.locked()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return !relay.expired();
        }
    }

    private void stopTheOther() {
        try {
            directory.requestStop();
        } catch (IOException e) {
            System.err.println("The trainer in " + directory.path() + " cannot be asked to stop: " + e);
        }
        new AdoptedTrainer(directory).terminate();
    }

    private int train() throws IOException {
        Path file = directory.path().resolve(StageFiles.LOG);
        try (PrintStream log = new PrintStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        true,
                        StandardCharsets.UTF_8);
                OrderRelay relay = OrderRelay.start(order, directory, leaseSeconds, false)) {
            return io.jenkins.plugins.cascade.trainer.Main.run(
                    directory.path(), log, this::prepareDirectory, termination::working);
        }
    }

    private void prepareDirectory() {
        try {
            directory.prepare(prepared.spec());
        } catch (StageException e) {
            throw new StageFailure(ExitCode.CANNOT_WRITE, e.getMessage(), e);
        }
    }

    /** The controller cannot see the checkpoint, so that it is whole is made sure of here. */
    private int verified() throws StageException {
        FinishedTraining finished = FinishedTraining.read(directory, prepared.spec());
        try {
            LineageFile.writeUnjudged(directory, prepared.spec(), finished, onAStage);
        } catch (IOException | StageException e) {
            System.err.println(
                    "The lineage cannot be written into " + finished.result().checkpoint() + ": " + e.getMessage());
        }
        return ExitCode.DONE.code();
    }
}
