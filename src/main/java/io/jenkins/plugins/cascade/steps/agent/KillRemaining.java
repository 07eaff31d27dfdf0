package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Ends by SIGKILL what is left of a trainer that did not end by SIGTERM, which is all that Jenkins itself sends. The durable task's own
 * shell is left alone, because it must write the exit code down.
 *
 * @param marks entries that the environment of a trainer's process holds
 */
record KillRemaining(List<String> marks) implements ControllerToAgentFileCallable<Integer> {
    private static final Logger LOGGER = Logger.getLogger(KillRemaining.class.getName());

    /** Only the task itself has a cookie of its folder; the shell around it is told to stay. */
    private static final String COOKIE = "JENKINS_SERVER_COOKIE=durable-";

    /** Copies the list. */
    KillRemaining {
        marks = List.copyOf(marks);
    }

    @Override
    public Integer invoke(File folder, VirtualChannel channel) {
        List<ProcessHandle> left =
                ProcessHandle.allProcesses().filter(this::marked).toList();
        left.forEach(KillRemaining::kill);
        return left.size();
    }

    private boolean marked(ProcessHandle process) {
        Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            // A system's own bytes, of no known encoding; Latin-1 keeps every one of them.
            List<String> entries =
                    List.of(new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1).split("\0"));
            return entries.containsAll(marks.stream().map(KillRemaining::bytes).toList())
                    && entries.stream().anyMatch(entry -> entry.startsWith(COOKIE));
        } catch (IOException | UncheckedIOException notOurs) {
            LOGGER.log(Level.FINEST, "Not to be read", notOurs);
            return false;
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
