package io.jenkins.plugins.cascade.steps;

/** Where an agent keeps stages. */
final class StoreFolder {
    private static final String USUAL = ".cascade";

    private StoreFolder() {}

    /**
     * The folder's absolute path on the agent.
     *
     * @param configured what the administrator set, absolute or relative to the workspace; null for the usual folder
     * @param workspace the workspace
     */
    static String of(String configured, String workspace) {
        String folder = configured == null ? USUAL : configured;
        return folder.startsWith("/") ? folder : workspace + "/" + folder;
    }
}
