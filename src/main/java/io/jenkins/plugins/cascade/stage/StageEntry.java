package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import java.util.List;

/**
 * What a session on a controller remembers of a stage beside its record and the copies of its files.
 *
 * @param name the stage's name
 * @param attempt the order that was last written for it
 * @param parent name of the stage that it builds on; null for none
 * @param key content key of its run in MLflow; null before it was prepared
 * @param run the tracker's id of that run; null before it was prepared
 * @param store absolute path of the stage store on the agent; null before it was prepared
 * @param directory its directory there, relative to the store; null before it was prepared
 * @param trained whether it was trained to its end and everything that its judgement needs is copied
 * @param files the files of its benchmarks as steps named them; null before it was accepted
 * @param gates what later stages inherit; null before it was accepted
 * @param accepted 1 for the stage that was accepted first, and so on; 0 before it was accepted
 */
record StageEntry(
        String name,
        String attempt,
        String parent,
        String key,
        String run,
        String store,
        String directory,
        boolean trained,
        List<String> files,
        List<Gate> gates,
        int accepted) {

    StageEntry {
        boolean placed = key != null && run != null && store != null && directory != null;
        boolean whole = (accepted == 0 || files != null && gates != null) && (placed || !trained && accepted == 0);
        if (name == null || attempt == null || accepted < 0 || !whole) {
            throw new IllegalArgumentException("the entry of the stage '" + name + "' is not whole");
        }
        files = files == null ? null : List.copyOf(files);
        gates = gates == null ? null : List.copyOf(gates);
    }

    /** A stage that begins. */
    static StageEntry begun(String name, String attempt, String parent) {
        return new StageEntry(name, attempt, parent, null, null, null, null, false, null, null, 0);
    }

    /** The same under another order. */
    StageEntry again(String newAttempt, String newParent) {
        return new StageEntry(name, newAttempt, newParent, key, run, null, null, false, null, null, 0);
    }

    /** The same, prepared. */
    StageEntry prepared(String newKey, String newRun, PreparedStage answer) {
        return new StageEntry(
                name,
                attempt,
                parent,
                newKey,
                newRun,
                answer.store(),
                answer.directory(),
                trained,
                files,
                gates,
                accepted);
    }

    /** The same, trained. */
    StageEntry trainedToItsEnd() {
        return new StageEntry(name, attempt, parent, key, run, store, directory, true, files, gates, accepted);
    }

    /** The same, accepted. */
    StageEntry accepted(AcceptedStage stage, int number) {
        return new StageEntry(
                name, attempt, parent, key, run, store, directory, trained, stage.files(), stage.gates(), number);
    }
}
