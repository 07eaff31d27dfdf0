/**
 * What a training run tells the world while it runs: runs, metrics with steps, parameters and tags, for MLflow.
 *
 * <p>Everything is first appended to a journal of JSON lines in the run's folder, which is the source of truth; a
 * background thread reads that file from the last delivered offset and sends it to the MLflow server, so that a slow or
 * absent server costs the training nothing and {@link io.jenkins.plugins.cascade.track.JournalSync} can send the rest
 * later. Exactly one process writes a journal (the one that follows the trainer's events, never the trainer itself): an
 * exclusive lock on {@code journal.jsonl.lock} holds this.
 */
package io.jenkins.plugins.cascade.track;
