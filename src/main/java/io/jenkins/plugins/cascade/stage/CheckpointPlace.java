package io.jenkins.plugins.cascade.stage;

import java.util.Arrays;
import java.util.Locale;

/** Where the checkpoint of an accepted stage is kept. */
public enum CheckpointPlace {
    /** Where it was trained, with the states by which training could go on. */
    KEEP,
    /** Among the artifacts of its run in MLflow. The model stays where it was trained too, because later stages build on it; the states go. */
    MLFLOW,
    /** Both: as it is with keep, and among the artifacts. */
    BOTH;

    /** The word in a Jenkinsfile: {@code keep}, {@code mlflow} or {@code both}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it goes to MLflow. */
    public boolean sends() {
        return this != KEEP;
    }

    /**
     * The place of that word.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static CheckpointPlace of(String word) {
        return Arrays.stream(values())
                .filter(place -> place.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "checkpoints must be 'keep', 'mlflow' or 'both', but is '" + word + "'"));
    }
}
