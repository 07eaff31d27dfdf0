package hudson.model;

import java.io.File;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem {
    protected Job(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    public File getBuildDir() {
        throw new UnsupportedOperationException();
    }
}
