package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Brings a stage on this machine to its end: follows a trainer that is at work on it, or starts one. */
final class LocalTraining {
    private final CascadeOptions options;
    private final TrainerLauncher launcher;
    private final StageHost host;
    private final Progress progress;
    private final Consumer<String> say;

    /**
     * Trains for a stage.
     *
     * @param say writes a line of the log that begins with the stage's name
     */
    LocalTraining(
            CascadeOptions options, TrainerLauncher launcher, StageHost host, Progress progress, Consumer<String> say) {
        this.options = options;
        this.launcher = launcher;
        this.host = host;
        this.progress = progress;
        this.say = say;
    }

    /**
     * Trains, where something is left to train.
     *
     * @param events takes what the trainer reports
     * @throws StageException when no trainer can be started, or its files cannot be read
     */
    Ending train(StageSpec spec, StageSource source, Consumer<StageEvent> events)
            throws StageException, InterruptedException {
        if (source.trained()) {
            return Ending.DONE;
        }
        if (host.cancelSignal().requested()) {
            return Ending.BEFORE_THE_START;
        }
        StageDirectory directory = source.directory();
        Path file = directory.path().resolve(StageFiles.EVENTS);
        if (source.running()) {
            StageFollower.End end = follow(directory, EventTail.of(file), new AdoptedTrainer(directory), events);
            if (end.cancelled() || !Ending.stoppedItself(directory)) {
                return ending(directory, end);
            }
            // It was on its way out when it was found: somebody had asked it to stop, or its lease had run out.
            say.accept("it stopped with a checkpoint; starting it again from there");
        }
        EventTail tail = EventTail.ofNextAttempt(file);
        TrainerProcess process = new Trainers(launcher, host.environment()).start(directory, spec);
        StageFollower.End end = follow(directory, tail, process, events);
        if (end.code().orElse(-1) == ExitCode.BUSY.code() && directory.locked()) {
            // Another follower's trainer took the lock between our look and our start: there is one, so follow that
            // one.
            say.accept("another trainer of this stage is running; following it");
            end = follow(directory, EventTail.of(file), new AdoptedTrainer(directory), events);
        }
        return ending(directory, end);
    }

    private StageFollower.End follow(
            StageDirectory directory, EventTail tail, TrainerProcess process, Consumer<StageEvent> events)
            throws StageException, InterruptedException {
        StageFollower.Listener listener = new StageFollower.Listener() {
            @Override
            public void event(StageEvent event, boolean history) {
                events.accept(event);
                progress.event(event, history);
            }

            @Override
            public void line(String text) {
                progress.end();
                say.accept(text);
            }
        };
        try {
            return new StageFollower(directory, tail, process, host.cancelSignal(), options.grace(), listener).follow();
        } finally {
            progress.end();
        }
    }

    private Ending ending(StageDirectory directory, StageFollower.End end) {
        String place =
                options.workspace().relativize(directory.path()).toString().replace('\\', '/');
        return Ending.of(directory, end.code(), end.cancelled(), place);
    }
}
