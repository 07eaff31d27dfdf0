package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;

/** What this version can do on a controller. */
final class ControllerSupport {
    private ControllerSupport() {}

    /** The end of a step that was started by a controller. */
    static AbortException notYet() {
        return new AbortException(
                "The cascade steps run under ./cascade only in this version; on a Jenkins controller they run from version 0.2.");
    }
}
