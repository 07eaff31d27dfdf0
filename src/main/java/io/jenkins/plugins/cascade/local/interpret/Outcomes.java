package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.Result;

/** What a failure means for the result. */
final class Outcomes {
    private Outcomes() {}

    /** The result that a failure leads to: an interruption says it itself, everything else is FAILURE. */
    static Result of(Exception failure) {
        return failure instanceof InterruptedRunException interrupted
                ? interrupted.interruption().result()
                : Result.FAILURE;
    }
}
