package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Looks for Java on the agent: the step's {@code JAVA_HOME}, else the one that runs the agent.
 *
 * @param javaHome the step's {@code JAVA_HOME}; null for none
 */
record FindJava(String javaHome) implements ControllerToAgentFileCallable<AgentJava> {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d{1,3})");

    @Override
    public AgentJava invoke(File workspace, VirtualChannel channel) throws IOException {
        String os = System.getProperty("os.name");
        if (javaHome == null || javaHome.isBlank()) {
            return new AgentJava(
                    os, System.getProperty("java.home"), Runtime.version().feature(), false);
        }
        return new AgentJava(os, javaHome, feature(Path.of(javaHome, "release")), true);
    }

    /** What a JDK says of itself in {@code release}, as JEP 223 has it; 0 where there is no such file. */
    static int feature(Path release) throws IOException {
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }
}
