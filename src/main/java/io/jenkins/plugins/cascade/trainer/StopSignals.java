package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The three ways to ask a trainer to end with a checkpoint: a signal, the stop file, a lease that nobody renews. */
final class StopSignals {
    private final Path stop;
    private final Path lease;
    private final long leaseMillis;
    private final long startMillis = System.currentTimeMillis();
    private volatile boolean signalled;

    /**
     * @param directory the stage's directory
     * @param leaseSeconds how long a lease holds, 0 for ever
     */
    StopSignals(Path directory, int leaseSeconds) {
        this.stop = directory.resolve(StageFiles.STOP);
        this.lease = directory.resolve(StageFiles.LEASE);
        this.leaseMillis = leaseSeconds * 1000L;
    }

    /** The process was told to end (SIGTERM, SIGINT). */
    void signal() {
        signalled = true;
    }

    /** Why to stop, as a clause; empty to go on. */
    Optional<String> reason() {
        if (signalled) {
            return Optional.of("the process was told to end");
        }
        if (Files.exists(stop)) {
            return Optional.of("the file '" + StageFiles.STOP + "' asks for it");
        }
        long idle = System.currentTimeMillis() - renewedMillis();
        return leaseMillis > 0 && idle > leaseMillis
                ? Optional.of("nobody renewed the lease for " + idle / 1000 + " s")
                : Optional.empty();
    }

    /** The start of this process counts as a renewal, since a lease of an earlier attempt may be old. */
    private long renewedMillis() {
        try {
            return Math.max(startMillis, Files.getLastModifiedTime(lease).toMillis());
        } catch (NoSuchFileException e) {
            return startMillis;
        } catch (IOException e) {
            // A lease that cannot be read is not a lease that ran out: the follower may have replaced it at this
            // moment.
            return System.currentTimeMillis();
        }
    }
}
