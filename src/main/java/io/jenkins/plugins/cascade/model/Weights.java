package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Where a model's weights come from and go to: a Hugging Face folder, a seed, another model. */
final class Weights {
    static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private Weights() {}

    static boolean present(Path folder) {
        return Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX));
    }

    /**
     * Reads the weights of a folder, in one file or in shards.
     *
     * @throws ModelException if one is missing or has another shape than the configuration says
     */
    static List<Parameter> load(Path folder, List<WeightSpec> specs, PtNDManager manager) {
        Map<String, List<WeightSpec>> byFile = new TreeMap<>();
        for (WeightSpec spec : specs) {
            byFile.computeIfAbsent(fileOf(folder, spec), file -> new ArrayList<>())
                    .add(spec);
        }
        Map<String, Parameter> loaded = new LinkedHashMap<>();
        Tensors tensors = new Tensors(manager);
        byFile.forEach((name, wanted) -> {
            try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(name))) {
                for (WeightSpec spec : wanted) {
                    PtNDArray tensor = read(file, spec.name(), spec.shape(), tensors, folder.resolve(name));
                    loaded.put(spec.name(), new Parameter(spec.name(), tensor));
                }
            }
        });
        return specs.stream().map(spec -> loaded.get(spec.name())).toList();
    }

    private static String fileOf(Path folder, WeightSpec spec) {
        if (Files.exists(folder.resolve(SINGLE))) {
            return SINGLE;
        }
        Path index = folder.resolve(INDEX);
        JsonNode file = JsonFile.read(index).path("weight_map").path(spec.name());
        if (!file.isTextual()) {
            throw new ModelException(index + " names no file for " + spec.name() + ".");
        }
        String name = file.asText();
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new ModelException(index + " names a file outside the folder: " + name + ".");
        }
        return name;
    }

    /** Reads one tensor and checks its shape. */
    static PtNDArray read(SafetensorsFile file, String name, Shape shape, Tensors tensors, Path path) {
        if (!file.shape(name).equals(shape)) {
            throw new ModelException(path + " has the tensor " + name + " with the shape " + file.shape(name)
                    + " where " + shape + " is expected.");
        }
        file.read(name, tensors.bufferFor(name, shape));
        return tensors.fromBuffer(shape);
    }

    /** Draws fresh weights; each tensor has its own random stream, so that its values depend on the seed and its name alone. */
    static List<Parameter> initialize(List<WeightSpec> specs, long seed, PtNDManager manager) {
        Tensors tensors = new Tensors(manager);
        return specs.stream().map(spec -> draw(spec, seed, tensors)).toList();
    }

    static Parameter draw(WeightSpec spec, long seed, Tensors tensors) {
        FloatBuffer values = tensors.bufferFor(spec.name(), spec.shape()).asFloatBuffer();
        fill(
                values,
                spec,
                new Random(RandomStream.mix(seed + RandomStream.mix(spec.name().hashCode()))));
        return new Parameter(spec.name(), tensors.fromBuffer(spec.shape()));
    }

    private static void fill(FloatBuffer values, WeightSpec spec, Random random) {
        while (values.hasRemaining()) {
            values.put(spec.std() == 0 ? spec.constant() : (float) (spec.std() * random.nextGaussian()));
        }
    }

    static List<Parameter> copy(List<Parameter> parameters, PtNDManager manager) {
        return parameters.stream()
                .map(parameter -> new Parameter(parameter.name(), Tensors.copy(parameter.tensor(), manager)))
                .toList();
    }

    static void save(Path file, List<Parameter> parameters) {
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        parameters.forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    }
}
