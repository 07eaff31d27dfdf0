package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Writes a file that appears whole or not at all.
 *
 * @param path the file, relative to the folder
 * @param bytes what it holds
 */
record WriteWhole(String path, byte[] bytes) implements ControllerToAgentFileCallable<Void> {
    @Override
    public Void invoke(File root, VirtualChannel channel) throws IOException {
        new SiteFolder(root.toPath()).write(path, bytes);
        return null;
    }
}
