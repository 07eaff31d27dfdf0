package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.Branch;
import io.jenkins.plugins.cascade.local.build.CancelSignal;
import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.syntax.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs stages at the same time, each on a thread of its own. */
final class ParallelStages {
    /** Runs one stage. */
    interface Runner {
        /** Runs the stage and throws its failure. */
        void run(Stage stage, StepContext context) throws Exception;
    }

    private final Runner runner;
    private final List<Running> branches = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    ParallelStages(Runner runner) {
        this.runner = runner;
    }

    /** Returns when all have ended; throws the failure that counts, the others suppressed in it. */
    void run(Stage.Parallel parallel, StepContext context) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parallel.stages().size());
        try {
            CompletionService<Optional<Failure>> ended = new ExecutorCompletionService<>(threads);
            for (Stage stage : parallel.stages()) {
                Running branch = new Running(
                        stage, context.branch().fork(), context.cancel().inner());
                branches.add(branch);
                ended.submit(() -> branch.run(runner, context));
            }
            for (int i = 0; i < branches.size(); i++) {
                Optional<Failure> failure = ended.take().get();
                failure.ifPresent(failed -> note(failed, parallel.failFast()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A parallel stage died: " + e.getCause(), e);
        } finally {
            threads.shutdown();
            branches.forEach(branch -> context.branch().join(branch.branch()));
        }
        throwWorst();
    }

    private void note(Failure failed, boolean failFast) {
        if (failFast && failures.isEmpty()) {
            branches.stream()
                    .filter(branch -> !branch.stage().equals(failed.stage()))
                    .forEach(branch -> branch.signal()
                            .request(new Interruption(
                                    Result.ABORTED,
                                    true,
                                    "Failed in branch " + failed.stage().name())));
        }
        failures.add(failed.cause());
    }

    /** With failFast the first failure made the others; else the worst counts, the first of equals. */
    private void throwWorst() throws Exception {
        if (failures.isEmpty()) {
            return;
        }
        Exception worst = failures.stream()
                .filter(failure -> !isFailFast(failure))
                .max(Comparator.comparing(Outcomes::of).thenComparing(failure -> -failures.indexOf(failure)))
                .orElse(failures.get(0));
        failures.stream().filter(failure -> failure != worst).forEach(worst::addSuppressed);
        throw worst;
    }

    private boolean isFailFast(Exception failure) {
        return failure instanceof InterruptedRunException interrupted
                && branches.stream().anyMatch(branch -> branch.signal().isSourceOf(interrupted.interruption()));
    }

    private record Failure(Stage stage, Exception cause) {}

    private record Running(Stage stage, Branch branch, CancelSignal signal) {
        /** Whatever the stage throws is its failure, and the thread that waits decides what it means. */
        Optional<Failure> run(Runner runner, StepContext context) {
            try {
                runner.run(
                        stage,
                        context.withBranch(branch)
                                .withCancel(signal)
                                .withStyle(context.style().in(stage.name())));
                return Optional.empty();
            } catch (Exception e) {
                return Optional.of(new Failure(stage, e));
            }
        }
    }
}
