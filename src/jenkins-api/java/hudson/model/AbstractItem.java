package hudson.model;

public abstract class AbstractItem extends Actionable {
    public final String getFullName() {
        throw new UnsupportedOperationException();
    }
}
