package io.jenkins.plugins.cascade.agent;

import io.jenkins.plugins.cascade.stage.OrderFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Removes from a store the orders that are over, so that it does not grow by one for each stage that ever ran. Never removed is one whose
 * process lives, which {@link OrderLock} shows. One whose controller still has to look at it, because it has not cleared away what its
 * durable task keeps there, may be away for long and is kept for {@link #UNSEEN}; then the controller has lost it.
 */
final class OldOrders {
    /** How long an order is kept that its controller is done with. */
    static final Duration DONE = Duration.ofDays(1);

    /** How long an order is kept whose end no controller has seen. */
    static final Duration UNSEEN = Duration.ofDays(60);

    private static final Logger LOGGER = Logger.getLogger(OldOrders.class.getName());
    private static final String DURABLE_TASK = "durable-*";
    private static final int DEPTH = 2;

    private final Path orders;
    private final Instant now;

    /**
     * The orders of a store.
     *
     * @param root the store
     * @param now the time that ages are counted to
     */
    OldOrders(Path root, Instant now) {
        this.orders = root.resolve(OrderFiles.FOLDER);
        this.now = now;
    }

    /** Removes them. An order that cannot be removed, because it is somebody else's, stays and disturbs nobody. */
    void remove() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(orders)) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The orders in " + orders + " cannot be listed");
        }
    }

    private void remove(Path folder) {
        try {
            if (over(folder)) {
                delete(folder);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The order " + folder + " stays");
        }
    }

    private boolean over(Path folder) throws IOException {
        Duration age = Duration.between(touched(folder), now);
        return age.compareTo(awaited(folder) ? UNSEEN : DONE) > 0 && !OrderLock.held(folder);
    }

    /** When the controller or the process last wrote one of the order's own files, whose time nothing else changes. */
    private static Instant touched(Path folder) throws IOException {
        Instant last = Instant.EPOCH;
        for (String name : List.of(OrderFiles.ORDER, OrderFiles.LEASE, OrderFiles.PREPARED, OrderFiles.FAILED)) {
            Path file = folder.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Instant time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                last = time.isAfter(last) ? time : last;
            }
        }
        return last.equals(Instant.EPOCH) ? Files.getLastModifiedTime(folder).toInstant() : last;
    }

    private static boolean awaited(Path folder) throws IOException {
        try (Stream<Path> files = Files.find(
                folder,
                DEPTH,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileSystem()
                                .getPathMatcher("glob:" + DURABLE_TASK)
                                .matches(path.getFileName()))) {
            return files.findAny().isPresent();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
