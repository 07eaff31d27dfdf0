package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How many stages one controller follows: simulated trainers append events to files for a minute, each of a build of its own, all of them
 * followed by {@link RemoteStage} in one {@link FollowerPool}. Prints whether an event was lost or came twice, the lag between an event
 * and its arrival in the tracker, threads, and processor time.
 */
final class FollowersBench {
    private static final int SECONDS = 60;
    private static final int STAGES = 1000;

    private final Path folder;
    private final int seconds;
    private final List<SimulatedStage> stages = new ArrayList<>();

    private FollowersBench(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /** Arguments: number of stages, seconds of training, threads of the pool; each has a default. */
    public static void main(String[] arguments) throws Exception {
        int many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : STAGES;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SECONDS;
        int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : FollowerPool.DEFAULT_THREADS;
        Path folder = Files.createTempDirectory("followers");
        try {
            new FollowersBench(folder, seconds).run(many, threads);
        } finally {
            delete(folder);
        }
    }

    private void run(int many, int threads) throws Exception {
        for (int i = 0; i < many; i++) {
            stages.add(new SimulatedStage(folder.resolve(Integer.toString(i)), i));
        }
        int mostThreads = 0;
        long cpu = 0;
        long began = System.nanoTime();
        try (FollowerPool pool = new FollowerPool(threads)) {
            for (SimulatedStage stage : stages) {
                pool.follow(stage);
            }
            Thread trainers = new Thread(this::train, "simulated trainers");
            trainers.start();
            while (stages.stream().anyMatch(stage -> !stage.over())) {
                mostThreads = Math.max(mostThreads, followerThreads());
                cpu = Math.max(cpu, followerNanos());
                TimeUnit.MILLISECONDS.sleep(200);
            }
            cpu = Math.max(cpu, followerNanos());
            trainers.join();
        }
        report(many, threads, mostThreads, cpu, System.nanoTime() - began);
    }

    /** One thread writes for all trainers, each of them about every two seconds. */
    private void train() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (System.nanoTime() < end) {
                for (SimulatedStage stage : stages) {
                    stage.maybeStep();
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            for (SimulatedStage stage : stages) {
                stage.end();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The simulated trainers ended early", e);
        }
    }

    private void report(int many, int threads, int mostThreads, long cpu, long nanos) {
        long written = stages.stream().mapToLong(SimulatedStage::written).sum();
        long lost = stages.stream().mapToLong(SimulatedStage::lost).sum();
        long doubled = stages.stream().mapToLong(SimulatedStage::doubled).sum();
        long failed = stages.stream().filter(stage -> !stage.accepted()).count();
        long rounds = stages.stream().mapToLong(SimulatedStage::rounds).sum();
        long[] lags = stages.stream()
                .flatMapToLong(stage -> stage.lags().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        System.out.printf("stages %d, threads allowed %d, most threads %d%n", many, threads, mostThreads);
        System.out.printf(
                "events written %d, lost %d, doubled %d; stages not accepted %d%n", written, lost, doubled, failed);
        System.out.printf(
                "lag in ms: p50 %d, p95 %d, p99 %d, most %d%n",
                quantile(lags, 0.5), quantile(lags, 0.95), quantile(lags, 0.99), quantile(lags, 1));
        double cpuSeconds = cpu / 1e9;
        System.out.printf(
                "%.1f s, %d round trips, processor time of the pool %.1f s (%.2f ms a round trip, %.0f %% of one processor)%n",
                nanos / 1e9, rounds, cpuSeconds, 1000 * cpuSeconds / rounds, 100 * cpu / (double) nanos);
        if (lost + doubled + failed > 0 || mostThreads > threads) {
            throw new IllegalStateException(
                    "an event was lost or came twice, a stage failed, or there were too many threads");
        }
    }

    private static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private static int followerThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cascade-follower-"))
                .count();
    }

    private static long followerNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("cascade-follower-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator) {
                Files.delete(file);
            }
        }
    }
}
