package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.cascade.stage.FollowerPool;
import jenkins.model.Jenkins;

/**
 * The threads that follow all stages of this controller. They stop when Jenkins begins to go down: what happens then is left to the builds
 * that the next start resumes.
 */
@Extension
public final class Followers extends ItemListener {
    /** Starting a stage may take minutes where the trainer is copied over a slow line, and must not hold up those that run. */
    private static final int STARTING = 4;

    private final FollowerPool starting = new FollowerPool(STARTING);
    private final FollowerPool running = new FollowerPool();
    private volatile boolean over;

    /** Those of this controller. */
    static Followers get() {
        return ExtensionList.lookupSingleton(Followers.class);
    }

    /** Threads for stages that start, and for what takes longer than a look. */
    FollowerPool starting() {
        return starting;
    }

    /** Threads for stages that run. */
    FollowerPool running() {
        return running;
    }

    /** Whether the controller goes down: nothing may be decided any more. */
    boolean over() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return over || jenkins == null || jenkins.isTerminating();
    }

    @Override
    public void onBeforeShutdown() {
        over = true;
        starting.close();
        running.close();
        BuildSessions.get().close();
    }
}
