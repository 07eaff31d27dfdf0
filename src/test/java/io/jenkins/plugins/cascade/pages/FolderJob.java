package io.jenkins.plugins.cascade.pages;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A fake of a job and its builds over a folder of numbered builds, because no controller runs here. It counts who asks for permission. */
final class FolderJob extends Job<FolderJob, FolderJob.FolderRun> {
    final List<Permission> asked = new ArrayList<>();
    private final Path builds;
    private boolean denied;

    FolderJob(Path builds) {
        super(null, "quickstart");
        this.builds = builds;
    }

    /** Makes every later question for a permission fail, as it does for somebody who may not read the job. */
    void deny() {
        denied = true;
    }

    /** What Jenkins throws is not here; it is an unchecked exception as well. */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Denied() {
            super("denied");
        }
    }

    @Override
    public File getBuildDir() {
        return builds.toFile();
    }

    @Override
    public void checkPermission(Permission permission) {
        asked.add(permission);
        if (denied) {
            throw new Denied();
        }
    }

    boolean askedForRead() {
        return asked.contains(Item.READ);
    }

    FolderRun build(int number, boolean building) {
        try {
            return new FolderRun(this, number, building);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static final class FolderRun extends Run<FolderJob, FolderRun> {
        private final FolderJob job;
        private final int number;
        private final boolean building;

        private FolderRun(FolderJob job, int number, boolean building) throws IOException {
            super(job);
            this.job = job;
            this.number = number;
            this.building = building;
        }

        @Override
        public boolean isBuilding() {
            return building;
        }

        @Override
        public int getNumber() {
            return number;
        }

        @Override
        public File getRootDir() {
            return new File(job.getBuildDir(), Integer.toString(number));
        }

        @Override
        public void checkPermission(Permission permission) {
            job.checkPermission(permission);
        }
    }
}
