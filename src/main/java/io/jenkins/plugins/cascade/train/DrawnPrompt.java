package io.jenkins.plugins.cascade.train;

/**
 * A prompt at its place in a step.
 *
 * @param task what is asked, in the slot's mode
 * @param slot the place
 * @param item which of the stage's own or of the replayed prompts it is
 */
record DrawnPrompt(PromptTask task, Slot slot, int item) {
    /**
     * A place in a step, to be filled and, under a filter, filled again.
     *
     * @param replayed whether a prompt of an earlier domain belongs here
     * @param withoutThinking whether it is asked for an answer without thoughts
     */
    record Slot(boolean replayed, boolean withoutThinking) {}
}
