package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

public abstract class Computer extends Actionable {
    private Computer() {}

    @CheckForNull
    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
