package io.jenkins.plugins.cascade.steps.agent;

import java.io.IOException;

/** There is no connection to the agent at this moment, which is known without asking it. */
public final class AgentOfflineException extends IOException {
    private static final long serialVersionUID = 1L;

    AgentOfflineException(String node) {
        super((node.isEmpty() ? "the built-in node" : node) + " is offline or was removed");
    }
}
