package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Where a model's weights come from and go to: a Hugging Face folder, a seed, another model. */
final class Weights {
    private Weights() {}

    /** Whether the folder has weights. */
    static boolean present(Path folder) {
        return WeightFiles.present(folder);
    }

    /** See {@link CausalLM#storedType}. */
    static ElementType storedType(Path folder) {
        if (AdapterFolder.isIn(folder)) {
            return storedType(AdapterFolder.open(folder).base());
        }
        return present(folder) ? new WeightFiles(folder).type() : ElementType.F32;
    }

    /**
     * Reads the weights of a folder, in one file or in shards.
     *
     * @throws ModelException if one is missing or has another shape than the configuration says, or there are others
     */
    static List<Parameter> load(Path folder, List<WeightSpec> specs, PtNDManager manager) {
        WeightFiles files = new WeightFiles(folder);
        Map<String, Parameter> loaded = new LinkedHashMap<>();
        Tensors tensors = new Tensors(manager);
        files.forEach(specs, (file, spec) -> {
            PtNDArray tensor = read(file, spec.name(), spec.shape(), tensors, file.path());
            loaded.put(spec.name(), new Parameter(spec.name(), tensor));
        });
        return specs.stream().map(spec -> loaded.get(spec.name())).toList();
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

    /**
     * Draws the weights of a folder that has none.
     *
     * @throws ModelException if it has some all the same, in another format
     */
    static List<Parameter> initialize(Path folder, List<WeightSpec> specs, long seed, PtNDManager manager) {
        WeightFiles.requireNoOthers(folder);
        return initialize(specs, seed, manager);
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

    /** Writes weights into one file, in float32. */
    static void saveFile(Path file, List<Parameter> parameters) {
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        parameters.forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    }

    /** Writes the weights into a folder, in one file or in shards. */
    static void save(Path folder, List<Parameter> parameters, ElementType type) {
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        parameters.forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        new ShardedWriter(type, ShardedWriter.LARGEST_FILE).write(folder, tensors);
    }
}
