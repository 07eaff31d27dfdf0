package io.jenkins.plugins.cascade.agent;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.stage.OrderFiles;
import io.jenkins.plugins.cascade.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Passes on to a stage what the controller writes into the order's folder, twice a second: that somebody follows, and that it shall stop.
 * The trainer of this process gets the controller's lease as it is. A trainer of another process, whose own lease may be much shorter, is
 * kept alive as long as the controller's lease holds.
 */
final class OrderRelay implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    private final Path order;
    private final StageDirectory stage;
    private final long leaseMillis;
    private final boolean keepAlive;
    private final long startMillis = System.currentTimeMillis();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "order relay");
        made.setDaemon(true);
        return made;
    });
    private String told = "";

    private OrderRelay(Path order, StageDirectory stage, int leaseSeconds, boolean keepAlive) {
        this.order = order;
        this.stage = stage;
        this.leaseMillis = leaseSeconds * 1000L;
        this.keepAlive = keepAlive;
    }

    /**
     * Begins to pass on.
     *
     * @param order the order's folder
     * @param leaseSeconds how long a lease of the controller holds, 0 for ever
     * @param keepAlive whether the trainer is another process's
     */
    static OrderRelay start(Path order, StageDirectory stage, int leaseSeconds, boolean keepAlive) {
        OrderRelay relay = new OrderRelay(order, stage, leaseSeconds, keepAlive);
        relay.thread.scheduleWithFixedDelay(relay::pass, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return relay;
    }

    /** Whether the controller asks for an end. */
    static boolean stopWanted(Path order) {
        return Files.exists(order.resolve(OrderFiles.STOP));
    }

    /** Whether nobody has followed the order for longer than the lease holds. */
    boolean expired() throws IOException {
        return leaseMillis > 0 && System.currentTimeMillis() - renewedMillis() > leaseMillis;
    }

    private void pass() {
        try {
            if (stopWanted(order)) {
                stage.requestStop();
            }
            if (!keepAlive) {
                copyLease();
            } else if (!expired()) {
                stage.renewLease();
            }
        } catch (IOException e) {
            // Tried again in half a second; the same trouble is told once.
            if (!told.equals(e.toString())) {
                told = e.toString();
                System.err.println("The order cannot be passed on to the stage in " + stage.path() + ": " + e);
            }
        }
    }

    private void copyLease() throws IOException {
        Path lease = stage.path().resolve(StageFiles.LEASE);
        FileTime renewed = FileTime.fromMillis(renewedMillis());
        if (Files.exists(lease) && Files.getLastModifiedTime(lease).compareTo(renewed) < 0) {
            Files.setLastModifiedTime(lease, renewed);
        }
    }

    /** The start of this process counts as a renewal. */
    private long renewedMillis() throws IOException {
        try {
            long touched =
                    Files.getLastModifiedTime(order.resolve(OrderFiles.LEASE)).toMillis();
            return Math.max(startMillis, touched);
        } catch (NoSuchFileException notYet) {
            return startMillis;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
