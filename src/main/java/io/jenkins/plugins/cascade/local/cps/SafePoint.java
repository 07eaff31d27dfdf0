package io.jenkins.plugins.cascade.local.cps;

import io.jenkins.plugins.cascade.local.build.InterruptedRunException;

/** Called by compiled code at the start of every loop and method, so that code without steps can be interrupted too. */
public final class SafePoint {
    private SafePoint() {}

    /** Throws if the branch that runs is asked to stop. */
    public static void check() throws InterruptedRunException {
        CurrentContext.get().check();
    }
}
