package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The safetensors files of a Hugging Face folder, which may come from anywhere: one file, or shards that an index names. */
final class WeightFiles {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}\\.safetensors");
    private static final Pattern OTHER_WEIGHTS = Pattern.compile("(?i).*\\.(safetensors|bin|pt|pth|gguf|h5|msgpack)");
    private static final String HEAD = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";
    /** Constants that old checkpoints carry; they follow from the configuration. */
    private static final Pattern COMPUTED =
            Pattern.compile("model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.inv_freq");

    private static final int SHOWN = 3;

    private final Path folder;
    /** Tensor to file, of shards; empty for a single file. */
    private final Map<String, String> index;

    /** @throws ModelException if the index is no index of files in this folder */
    WeightFiles(Path folder) {
        this.folder = folder;
        this.index = Files.exists(folder.resolve(SINGLE)) ? Map.of() : index(folder.resolve(INDEX));
    }

    /** Whether the folder has weights. */
    static boolean present(Path folder) {
        return Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX));
    }

    /** @throws ModelException if the folder has weights in another format or under other names */
    static void requireNoOthers(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> OTHER_WEIGHTS.matcher(name).matches())
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> {
                        throw new ModelException(
                                folder + " has weights in " + name + ", but neither " + SINGLE + " nor " + INDEX
                                        + "; convert them, for a model drawn anew from the seed remove them.");
                    });
        } catch (IOException e) {
            throw new ModelException(folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, String> index(Path file) {
        JsonNode map = JsonFile.read(file).path("weight_map");
        Map<String, String> index = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            String name = entry.getValue().asText("");
            if (!SHARD.matcher(name).matches()) {
                throw new ModelException(
                        file + " names a file outside the folder or of another kind: " + printable(name) + ".");
            }
            index.put(entry.getKey(), name);
        });
        if (index.isEmpty()) {
            throw new ModelException(file + " has no weight_map that names files.");
        }
        return index;
    }

    /** The type of all tensors; float32 where they differ. */
    ElementType type() {
        Set<ElementType> types = EnumSet.noneOf(ElementType.class);
        for (String name : names()) {
            try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(name))) {
                types.addAll(file.types());
            }
        }
        return types.size() == 1 ? types.iterator().next() : ElementType.F32;
    }

    private Set<String> names() {
        return index.isEmpty() ? Set.of(SINGLE) : new TreeSet<>(index.values());
    }

    /**
     * Gives every weight with the file that holds it, a file at a time.
     *
     * @throws ModelException if a weight is missing, or the files hold tensors that the model does not have
     */
    void forEach(List<WeightSpec> specs, BiConsumer<SafetensorsFile, WeightSpec> weight) {
        Map<String, List<WeightSpec>> byFile = new TreeMap<>();
        names().forEach(name -> byFile.put(name, new ArrayList<>()));
        specs.forEach(spec -> byFile.get(fileOf(spec)).add(spec));
        Set<String> wanted = new HashSet<>();
        specs.forEach(spec -> wanted.add(spec.name()));
        byFile.forEach((name, here) -> {
            try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(name))) {
                requireKnown(file, wanted);
                here.forEach(spec -> weight.accept(file, spec));
            }
        });
    }

    private String fileOf(WeightSpec spec) {
        if (index.isEmpty()) {
            return SINGLE;
        }
        String name = index.get(spec.name());
        if (name == null) {
            throw new ModelException(folder.resolve(INDEX) + " names no file for " + spec.name() + ".");
        }
        return name;
    }

    private void requireKnown(SafetensorsFile file, Set<String> wanted) {
        List<String> unknown = file.names().stream()
                .filter(name ->
                        !wanted.contains(name) && !COMPUTED.matcher(name).matches())
                .filter(name -> !isTiedHead(name, file, wanted))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            String more = unknown.size() > SHOWN ? " and " + (unknown.size() - SHOWN) + " more" : "";
            String shown = printable(String.join(", ", unknown.subList(0, Math.min(SHOWN, unknown.size()))));
            throw new ModelException(file.path() + " holds tensors that the model of its config.json does not have: "
                    + shown + more + "; the configuration belongs to another model.");
        }
    }

    /** A tied model's head may be written out too, as long as it is the embedding. */
    private boolean isTiedHead(String name, SafetensorsFile file, Set<String> wanted) {
        if (!name.equals(HEAD) || !wanted.contains(EMBEDDING) || wanted.contains("score.weight")) {
            return false;
        }
        String holder = index.isEmpty() ? SINGLE : index.get(EMBEDDING);
        try (SafetensorsFile embedding = SafetensorsFile.open(folder.resolve(String.valueOf(holder)))) {
            if (embedding.has(EMBEDDING) && file.bytes(HEAD).equals(embedding.bytes(EMBEDDING))) {
                return true;
            }
        }
        throw new ModelException(
                file.path() + " has a " + HEAD + " other than the embedding, but config.json ties the two;"
                        + " set tie_word_embeddings to false there, or remove the tensor.");
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "...";
    }
}
