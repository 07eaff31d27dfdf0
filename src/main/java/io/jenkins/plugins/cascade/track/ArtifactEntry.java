package io.jenkins.plugins.cascade.track;

/**
 * A file or a folder among a run's artifacts.
 *
 * @param path relative to the run's artifacts, with {@code /}
 * @param folder whether it is a folder
 * @param bytes size of a file; 0 for a folder
 */
public record ArtifactEntry(String path, boolean folder, long bytes) {}
