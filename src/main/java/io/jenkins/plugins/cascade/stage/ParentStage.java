package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a stage must know of the one it builds on, whichever machine that ran on.
 *
 * @param name its name
 * @param checkpoint folder of its finished model, relative to the stage store
 * @param checkpointDigest digest of that folder
 * @param store absolute path of the store on the machine where it ran
 * @param benchmarks what it was evaluated on, with the paths of that machine
 * @param files the files of the benchmarks as steps named them, in the same order
 * @param gates what is asked of the benchmarks from there on
 */
public record ParentStage(
        String name,
        String checkpoint,
        String checkpointDigest,
        String store,
        List<BenchmarkSpec> benchmarks,
        List<String> files,
        List<Gate> gates) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when a path leads elsewhere, or a benchmark has no file
     */
    public ParentStage {
        benchmarks = List.copyOf(benchmarks);
        files = List.copyOf(files);
        gates = List.copyOf(gates);
        if (!PlainPath.is(checkpoint) || store == null || store.isBlank()) {
            throw new IllegalArgumentException(
                    "The checkpoint of the stage '" + name + "' has no path that can be used");
        }
        if (files.size() != benchmarks.size()) {
            throw new IllegalArgumentException(
                    "The benchmarks of the stage '" + name + "' and their files do not match");
        }
    }

    /**
     * The folder of its model: in this machine's store, otherwise in the store where it ran, if that can be seen from here.
     *
     * @param root this machine's store
     * @param stage who asks, for the message
     * @throws StageException when it is in neither
     */
    Path model(Path root, String stage) throws StageException {
        Path here = root.resolve(checkpoint).normalize();
        Path there = Path.of(store).resolve(checkpoint).normalize();
        if (Files.isDirectory(here)) {
            return here;
        }
        if (Files.isDirectory(there)) {
            return there;
        }
        String looked = here.equals(there) ? "no folder " + here : "neither " + here + " nor " + there + " is a folder";
        throw new StageException("The checkpoint of the stage '" + name + "', which '" + stage
                + "' builds on, is not on this machine: " + looked
                + "; run both stages on the same agent, or give all agents one stage store that they share");
    }
}
