package io.jenkins.plugins.cascade.local.build;

/**
 * How the lines of a part of the build begin, and who is told of them.
 *
 * @param prefix names the parallel branch; empty outside of one
 * @param timestamps true if the time comes first
 * @param activity called for every line; {@code timeout(activity: true)} listens
 */
public record LogStyle(String prefix, boolean timestamps, Runnable activity) {
    /** Neither name nor time. */
    public static final LogStyle PLAIN = new LogStyle("", false, () -> {});

    /** The same with the time. */
    public LogStyle withTimestamps() {
        return new LogStyle(prefix, true, activity);
    }

    /** The same, naming a parallel branch. */
    public LogStyle in(String branch) {
        return new LogStyle("[" + branch + "] ", timestamps, activity);
    }

    /** The same with one more listener. */
    public LogStyle telling(Runnable listener) {
        return new LogStyle(prefix, timestamps, () -> {
            activity.run();
            listener.run();
        });
    }
}
