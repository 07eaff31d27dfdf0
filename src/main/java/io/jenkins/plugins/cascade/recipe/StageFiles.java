package io.jenkins.plugins.cascade.recipe;

/**
 * The files in a stage's directory, which are the whole protocol between a trainer and its follower. Whatever is not appended is written
 * under a temporary name and renamed, so a reader sees all of it or nothing.
 */
public final class StageFiles {
    /** In: the {@link StageSpec}. */
    public static final String SPEC = "spec.json";
    /**
     * Out, appended: one {@link StageEvent} a line. A trainer that goes on from a checkpoint first replaces the file, under the same name,
     * by its lines up to that checkpoint; a follower that sees another file there reads it from the beginning.
     */
    public static final String EVENTS = "events.jsonl";
    /** Out, replaced: the {@link StageStatus}. */
    public static final String STATUS = "status.json";
    /** Out, once: the {@link TrainerResult}. */
    public static final String RESULT = "result.json";
    /** Out: per-item scores, lines {@code {"benchmark","item","cluster"?,"samples":[...],"fingerprint","error"?}}. */
    public static final String SCORES = "scores.jsonl";
    /** Out: some answers for people to read, lines {@code {"benchmark","item","prompt","response","score"}}. */
    public static final String ANSWERS = "answers.jsonl";
    /** Out: resumable states {@code step-N/} and the finished model {@code final/}. */
    public static final String CHECKPOINTS = "checkpoints";
    /** In: its presence asks for a checkpoint and an end. */
    public static final String STOP = "stop";
    /** In: touched by the follower; a trainer whose lease runs out ends with a checkpoint. */
    public static final String LEASE = "lease";
    /** Held exclusively by the trainer as long as it lives. */
    public static final String LOCK = "lock";
    /** Standard output and error of the trainer. */
    public static final String LOG = "trainer.log";

    private StageFiles() {}
}
