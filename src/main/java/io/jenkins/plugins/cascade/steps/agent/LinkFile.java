package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Shows a file under a name inside the folder too: a container that the step runs in sees the workspace, but not the agent's caches. A hard
 * link costs nothing; where the two are on different disks it is a copy.
 *
 * @param source the file, an absolute path
 * @param name its name in the folder
 */
record LinkFile(String source, String name) implements ControllerToAgentFileCallable<Void> {
    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        Files.createDirectories(folder.toPath());
        Path link = folder.toPath().resolve(name);
        if (!Files.isRegularFile(link)) {
            show(Path.of(source), link);
        }
        return null;
    }

    private static void show(Path source, Path link) throws IOException {
        try {
            Files.createLink(link, source);
        } catch (FileAlreadyExistsException other) {
            // Another stage that starts in the same folder was faster.
            return;
        } catch (IOException | UnsupportedOperationException noLink) {
            Path part = link.resolveSibling("." + link.getFileName() + "." + UUID.randomUUID());
            try {
                Files.copy(source, part);
                Files.move(part, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
