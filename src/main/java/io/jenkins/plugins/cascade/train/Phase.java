package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * One part of a stage's training, done a step at a time. A step depends on the state that {@link #save} writes and {@link #state} returns
 * and on nothing else, so that a phase restored from them goes on bit for bit as it would have.
 */
interface Phase extends AutoCloseable {

    /** As in {@link io.jenkins.plugins.cascade.recipe.StageEvent#phase}. */
    String name();

    /** Steps in all. */
    int steps();

    /** Steps between checkpoints. */
    int checkpointEvery();

    /**
     * Does one optimizer step.
     *
     * @param step from 1
     * @throws io.jenkins.plugins.cascade.recipe.StageFailure when a number is not finite or too many rewards are missing
     */
    StepReport step(int step);

    /** Writes tensors (weights, optimizer) into an empty folder. */
    void save(Path folder);

    /** What else the next step depends on, above all the data cursors. */
    JsonNode state();

    /** Takes back what {@link #save} wrote and {@link #state} returned, weights of the policy excepted: those are loaded before. */
    void restore(Path folder, JsonNode state);

    /** Frees the optimizer, not the model. */
    @Override
    void close();
}
