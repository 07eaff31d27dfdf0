package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;

public abstract class Node {
    @CheckForNull
    public abstract FilePath getRootPath();
}
