package io.jenkins.plugins.cascade.steps.agent;

import java.io.Serializable;
import java.util.Optional;

/**
 * The Java that an agent offers for the trainer.
 *
 * @param os the agent's operating system, Java's {@code os.name}
 * @param home the Java's home; its {@code bin/java} may be missing on the agent itself where the step runs in a container
 * @param feature its version, 17 for 17.0.12; 0 where that is not known
 * @param fromJavaHome whether the home is the step's {@code JAVA_HOME} and not the agent's own
 */
public record AgentJava(String os, String home, int feature, boolean fromJavaHome) implements Serializable {
    /** The oldest Java that runs the trainer. */
    public static final int OLDEST = 17;

    /** What must be done before a trainer can run there; empty when all is well. */
    public Optional<String> problem() {
        if (!os.equals("Linux")) {
            return Optional.of("Cascade trains on Linux agents only, and this one runs " + os
                    + ": choose an agent with Linux by its label");
        }
        if (feature != 0 && feature < OLDEST) {
            return Optional.of("The trainer needs Java " + OLDEST + " or later, and the step's JAVA_HOME " + home
                    + " is Java " + feature + ": set JAVA_HOME to a newer one, or leave it out to use the agent's own");
        }
        return Optional.empty();
    }

    /** The program to start. */
    public String program() {
        return home + "/bin/java";
    }
}
