package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Path;

/** Brings score files that a step names as baselines, from wherever the step's folder is. */
@FunctionalInterface
public interface BaselineFiles {
    /**
     * Copies a file.
     *
     * @param path as the step named it, relative to the step's folder or absolute
     * @param most largest size in bytes; a larger file is refused
     * @param target where it is copied to, in a folder that is there
     * @throws IOException when the machine is away; the same call may be made again later
     * @throws StageException with one sentence when there is no such file, or it may not be read
     */
    void copy(String path, long most, Path target) throws IOException, InterruptedException, StageException;
}
