package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One order on its way: written to the machine, answered there, its stage mirrored here until the process has ended. */
final class RemoteOrder {
    private final StageOrder order;
    private final String attempt;
    private final Listener listener;
    private RemoteCopy copy;
    private PreparedStage prepared;

    /** What the order's stage is to the controller. */
    interface Listener {
        /**
         * The machine answered, and the answer was checked.
         *
         * @param files brings the score files that the machine copied into the order's folder
         * @return where the stage's files are copied to
         */
        RemoteCopy begin(PreparedStage answer, BaselineFiles files)
                throws IOException, InterruptedException, StageException;

        /**
         * The trainer reported something.
         *
         * @param history whether it did before it was followed from here
         */
        void event(StageEvent event, boolean history);

        /** Something a person should know. */
        void line(String text);
    }

    RemoteOrder(StageOrder order, String attempt, Listener listener) {
        this.order = order;
        this.attempt = attempt;
        this.listener = listener;
    }

    /** Where the order is, relative to the site's folder. */
    String path() {
        return file(OrderFiles.ORDER);
    }

    private String file(String name) {
        return OrderFiles.path(attempt, name);
    }

    void send(StageSite site) throws IOException, InterruptedException {
        site.write(path(), order.bytes());
    }

    void stop(StageSite site) throws IOException, InterruptedException {
        site.write(file(OrderFiles.STOP), new byte[0]);
    }

    /** One round trip, as {@link RemoteStage#follow} has it. */
    boolean follow(StageSite site) throws IOException, InterruptedException, StageException {
        return copy == null ? answer(site) : round(site);
    }

    private boolean answer(StageSite site) throws IOException, InterruptedException, StageException {
        String path = file(OrderFiles.PREPARED);
        StageSite.Want look = new StageSite.Want(path, null, 0, 0);
        List<StageSite.Piece> pieces = site.fetch(List.of(look), file(OrderFiles.LEASE));
        if (pieces.size() != 1 || pieces.get(0).identity() == null) {
            return false;
        }
        Optional<byte[]> content = new RemoteFiles(site).read(path, PreparedStage.MOST);
        if (content.isEmpty()) {
            return false;
        }
        PreparedStage answer = UntrustedFile.parse(content.get(), path, PreparedStage.class);
        copy = listener.begin(new PreparedCheck(order).check(answer), baselines(site));
        prepared = answer;
        return true;
    }

    private BaselineFiles baselines(StageSite site) {
        List<String> named = order.request().baselines();
        return (path, most, target) -> {
            String copied = file(OrderFiles.baseline(named.indexOf(path)));
            if (!new RemoteFiles(site).copy(copied, most, target)) {
                throw new StageException(
                        "The agent's answer to the order cannot be used: it lacks the baseline '" + path + "'");
            }
        };
    }

    private boolean round(StageSite site) throws IOException, InterruptedException, StageException {
        boolean came = copy.round(site, file(OrderFiles.LEASE));
        while (handOn()) {
            // A piece may hold the end of a line that began in an earlier one, and so more than one piece of events.
        }
        return came;
    }

    private boolean handOn() throws StageException {
        List<StageEvent> events = copy.events().next();
        boolean history = copy.events().historic();
        events.forEach(event -> listener.event(event, history));
        if (!events.isEmpty()) {
            copy.events().handedOn();
        }
        return !events.isEmpty();
    }

    /**
     * Mirrors the rest once the process has ended.
     *
     * @param exitCode the process's exit code; empty where only its end is known
     * @param cancelled whether it was asked to stop from here
     * @return how it ended; when it trained to the end, everything that the judgement needs is in the copy
     */
    Ending end(StageSite site, OptionalInt exitCode, boolean cancelled)
            throws IOException, InterruptedException, StageException {
        if (copy == null) {
            answer(site);
        }
        Optional<FailedOrder> refusal = refusal(site);
        if (copy == null) {
            return neverBegan(refusal, exitCode, cancelled);
        }
        while (round(site)) {
            // What was written last is mirrored to its end.
        }
        copy.events().refused().ifPresent(listener::line);
        if (refusal.isPresent() && !cancelled) {
            return new Ending(StageRecord.Status.FAILED, message(refusal.get()));
        }
        copy.fetchResult(site);
        String place = prepared.store() + "/" + prepared.directory() + " on the agent";
        Ending ending = Ending.of(copy.directory(), exitCode, cancelled, place);
        if (ending.failure() == null) {
            copy.fetchScores(site).ifPresent(listener::line);
        }
        return ending;
    }

    private Optional<FailedOrder> refusal(StageSite site) throws IOException, InterruptedException, StageException {
        String path = file(OrderFiles.FAILED);
        Optional<byte[]> content = new RemoteFiles(site).read(path, FailedOrder.MOST);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(UntrustedFile.parse(content.get(), path, FailedOrder.class));
    }

    private static Ending neverBegan(Optional<FailedOrder> refusal, OptionalInt exitCode, boolean cancelled) {
        if (cancelled) {
            return Ending.BEFORE_THE_START;
        }
        String why = refusal.map(RemoteOrder::message)
                .orElseGet(() -> "The trainer's process ended before it had looked at the stage"
                        + (exitCode.isPresent() ? ": " + ExitSentence.of(exitCode.getAsInt()) : ""));
        return new Ending(StageRecord.Status.FAILED, why);
    }

    private static String message(FailedOrder refusal) {
        return UntrustedFile.printable(refusal.message());
    }

    /** What the copy of a stage that trained to its end holds, verified. */
    FinishedTraining finished() throws StageException {
        return FinishedTraining.readCopy(copy.directory(), prepared.spec());
    }
}
