package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.stage.CancelSignal;
import io.jenkins.plugins.cascade.stage.StageHost;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The host of a stage that a controller follows: its console, and the step's folder on the agent.
 *
 * @param console takes the lines of the log
 * @param workingDirectory the step's folder, a path on the agent
 */
record AgentHost(Consumer<String> console, Path workingDirectory) implements StageHost {
    @Override
    public void line(String text) {
        console.accept(text);
    }

    @Override
    public void progress(String text) {
        throw new IllegalStateException("A build log has no line that can be rewritten");
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public CancelSignal cancelSignal() {
        return CancelSignal.NEVER;
    }
}
