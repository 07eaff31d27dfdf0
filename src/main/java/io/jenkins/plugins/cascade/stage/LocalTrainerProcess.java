package io.jenkins.plugins.cascade.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A trainer that this process started. */
final class LocalTrainerProcess implements TrainerProcess {
    private final Process process;

    LocalTrainerProcess(Process process) {
        this.process = process;
    }

    @Override
    public Optional<Exit> await(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(new Exit(OptionalInt.of(process.exitValue())))
                : Optional.empty();
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
