package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes weights as transformers does: {@code model.safetensors}, or {@code model-00001-of-0000N.safetensors} with an index where one file
 * would be too large.
 *
 * @param type of the weights in the files
 * @param largestFile bytes of weights that a file may hold; a larger tensor has a file of its own
 */
record ShardedWriter(ElementType type, long largestFile) {
    /** 5 GB, the limit of transformers before its version 5 and of many tools. */
    static final long LARGEST_FILE = 5_000_000_000L;

    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /** @throws ModelException if a file cannot be written */
    void write(Path folder, Map<String, PtNDArray> tensors) {
        List<Map<String, PtNDArray>> shards = shards(tensors);
        if (shards.size() == 1) {
            SafetensorsWriter.write(folder.resolve(WeightFiles.SINGLE), tensors, METADATA, type);
            removeOthers(folder, List.of(WeightFiles.SINGLE));
            return;
        }
        List<String> names = new ArrayList<>();
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata")
                .put(
                        "total_size",
                        tensors.values().stream().mapToLong(this::bytes).sum());
        ObjectNode map = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format("model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(folder.resolve(name), shards.get(i), METADATA, type);
            shards.get(i).keySet().forEach(tensor -> map.put(tensor, name));
            names.add(name);
        }
        JsonFile.write(folder.resolve(WeightFiles.INDEX), index);
        names.add(WeightFiles.INDEX);
        removeOthers(folder, names);
    }

    private List<Map<String, PtNDArray>> shards(Map<String, PtNDArray> tensors) {
        List<Map<String, PtNDArray>> shards = new ArrayList<>();
        Map<String, PtNDArray> shard = new LinkedHashMap<>();
        long held = 0;
        for (Map.Entry<String, PtNDArray> tensor : tensors.entrySet()) {
            long size = bytes(tensor.getValue());
            if (!shard.isEmpty() && held + size > largestFile) {
                shards.add(shard);
                shard = new LinkedHashMap<>();
                held = 0;
            }
            shard.put(tensor.getKey(), tensor.getValue());
            held += size;
        }
        shards.add(shard);
        return shards;
    }

    private long bytes(PtNDArray tensor) {
        return tensor.size() * type.bytes();
    }

    /** Weights of a checkpoint that lay here before would be taken for this one's. */
    private static void removeOthers(Path folder, List<String> written) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                boolean weights = name.matches("model(-\\d{5}-of-\\d{5})?\\.safetensors(\\.index\\.json)?");
                if (weights && !written.contains(name)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new ModelException("The checkpoint " + folder + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
