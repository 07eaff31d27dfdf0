package io.jenkins.plugins.cascade.steps.agent;

import hudson.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The trainer as it lies in the plugin, and its copy on an agent. The copy's name holds the digest of its content, and a copy has its name
 * only when it is whole, so a copy that is there is good.
 *
 * @param digest SHA-256 of the jar, 64 hexadecimal digits, computed when the plugin was built
 */
public record TrainerJar(String digest) {
    private static final String RESOURCE = "/io/jenkins/plugins/cascade/trainer/cascade-trainer.jar";
    private static final String DIGEST = "/io/jenkins/plugins/cascade/trainer/cascade-trainer.sha256";
    private static final String CACHE = "caches/cascade-rl";

    /** Checks the digest. */
    public TrainerJar {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("The digest of the trainer is not a SHA-256, but '" + digest + "'");
        }
    }

    /**
     * The trainer of this plugin.
     *
     * @throws IOException when the plugin holds none, which only a broken build of it does
     */
    public static TrainerJar ofPlugin() throws IOException {
        try (InputStream in = open(DIGEST)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
            return new TrainerJar(text.split("\\s", 2)[0]);
        }
    }

    /** Where the copy lies, relative to the agent's root. */
    String cached() {
        return CACHE + "/" + name();
    }

    /** The copy's name. */
    String name() {
        return "trainer-" + digest + ".jar";
    }

    /**
     * Brings the trainer to the agent, unless it is there, and shows it in the stage store.
     *
     * @param agentRoot the agent's root folder
     * @param store the stage store
     * @return the trainer's path in the store
     */
    public String bring(FilePath agentRoot, FilePath store) throws IOException {
        FilePath copy = agentRoot.child(cached());
        if (!AgentCall.within(AgentCall.SHORT, copy::exists)) {
            AgentCall.within(AgentCall.LONG, () -> {
                stream(agentRoot.child(CACHE), copy);
                return null;
            });
        }
        AgentCall.within(AgentCall.LONG, () -> store.act(new LinkFile(copy.getRemote(), name())));
        return store.child(name()).getRemote();
    }

    private static void stream(FilePath cache, FilePath copy) throws IOException, InterruptedException {
        cache.mkdirs();
        FilePath part = cache.child(".trainer-" + UUID.randomUUID() + ".part");
        try (InputStream in = open(RESOURCE)) {
            part.copyFrom(in);
            part.renameTo(copy);
        } finally {
            part.deleteRecursive();
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = TrainerJar.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("This build of the plugin holds no trainer: " + resource + " is missing");
        }
        return in;
    }
}
