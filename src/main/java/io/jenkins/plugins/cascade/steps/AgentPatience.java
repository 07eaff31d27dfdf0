package io.jenkins.plugins.cascade.steps;

import hudson.Main;
import java.time.Duration;

/** How long an agent may be away before its stage fails, to be retried elsewhere: as long as for Pipeline's own steps. */
final class AgentPatience {
    /** The property that Pipeline's own steps read. */
    static final String PROPERTY = "org.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis";

    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration IN_TESTS = Duration.ofSeconds(15);

    private AgentPatience() {}

    static Duration get() {
        return Duration.ofMillis(Long.getLong(PROPERTY, (Main.isUnitTest ? IN_TESTS : USUAL).toMillis()));
    }
}
