package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A trainer that somebody else started: known by the lock it holds, ended by the process id it wrote, once the process's own arguments
 * show that it is this stage's trainer.
 */
public final class AdoptedTrainer implements TrainerProcess {
    private static final long POLL_MILLIS = 50;

    private final StageDirectory directory;

    /** The trainer that holds that directory. */
    public AdoptedTrainer(StageDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Exit> await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (locked()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            Thread.sleep(Math.min(left, POLL_MILLIS));
        }
        return Optional.of(new Exit(OptionalInt.empty()));
    }

    @Override
    public void terminate() {
        withProcess(ProcessHandle::destroy);
    }

    @Override
    public void kill() {
        withProcess(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private boolean locked() {
        try {
            return directory.locked();
        } catch (StageException cannotSee) {
            return false;
        }
    }

    private void withProcess(Consumer<ProcessHandle> action) {
        directory
                .status()
                .map(StageStatus::pid)
                .flatMap(ProcessHandle::of)
                .filter(this::trainsThisStage)
                .ifPresent(action);
    }

    /** A trainer of this machine's pipeline is given the stage's directory, one that a controller ordered is given the store. */
    private boolean trainsThisStage(ProcessHandle process) {
        String path = directory.path().toString();
        String store = String.valueOf(directory.path().resolve("../..").normalize());
        return process.info()
                .arguments()
                .map(Arrays::asList)
                .map(arguments -> arguments.contains(path) || arguments.contains(store))
                .orElse(false);
    }
}
