package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The low-rank matrices of a decoder. A training pass multiplies by them beside the frozen weights, which saves the gradients of those; a
 * rollout reads weights into which they were multiplied once, because at a few tokens a step the small products would cost more than they
 * compute. The sum exists only between two training passes; the frozen weights never change, so that nothing is lost by rounding.
 */
final class Adapter {
    private static final String MERGE =
            """
              def merge(self, w: List[Tensor], a: List[Tensor], b: List[Tensor], scaling: float) -> List[Tensor]:
                merged = annotate(List[Tensor], [])
                for i in range(torch.len(w)):
                  merged.append(torch.add(w[i], torch.mm(b[i], a[i]), alpha=scaling))
                return merged
            """;

    private final LoraConfig lora;
    private final PtNDManager manager;
    private final Program program;
    private final Program merging;
    private final int layers;
    private final int layerSize;
    private final List<Parameter> frozen;
    private final List<Parameter> beside;
    private final List<Parameter> all;
    private final List<Pair> pairs;
    private final long seed;
    private long passes;
    private PtNDManager mergedOwner;
    private List<Parameter> merged;
    private long mergedAt;

    /** The matrices beside the weight of this index. */
    private record Pair(int weight, Parameter a, Parameter b) {}

    /**
     * What the masks of the dropout are drawn from.
     *
     * @param seed of all masks
     * @param passes training passes made before
     */
    record Masks(long seed, long passes) {}

    /** What makes the tensor of a matrix. */
    @FunctionalInterface
    interface Source {
        /** The values of the matrix of this name, for instance {@code model.layers.0.mlp.up_proj.lora_A.weight}. */
        PtNDArray read(String name, Shape shape, Tensors tensors);
    }

    /**
     * @param source text of the program that trains with it
     * @param beside weights that are trained together with the adapter
     * @param matrices its values
     */
    Adapter(
            ModelConfig config,
            LoraConfig lora,
            String source,
            PtNDManager manager,
            List<Parameter> frozen,
            List<Parameter> beside,
            Source matrices,
            Masks masks) {
        this.lora = lora;
        this.manager = manager;
        this.frozen = frozen;
        this.beside = beside;
        this.layers = config.layers();
        this.seed = masks.seed;
        this.passes = masks.passes;
        program = new Program(manager, source);
        merging = new Program(manager, MERGE);
        all = new ArrayList<>();
        pairs = new ArrayList<>();
        List<WeightSpec> layer = WeightSpec.ofLayer(config);
        layerSize = layer.size() + lora.specs(layer).size();
        Tensors tensors = new Tensors(manager);
        all.add(frozen.get(0));
        for (int i = 0; i < layers; i++) {
            all.addAll(frozen.subList(1 + i * layer.size(), 1 + (i + 1) * layer.size()));
            addLayer("model.layers." + i + ".", 1 + i * layer.size(), layer, matrices, tensors);
        }
        all.addAll(frozen.subList(1 + layers * layer.size(), frozen.size()));
    }

    private void addLayer(String prefix, int first, List<WeightSpec> layer, Source source, Tensors tensors) {
        List<WeightSpec> specs = lora.specs(layer);
        List<String> names = layer.stream().map(WeightSpec::name).toList();
        for (int i = 0; i < specs.size(); i += 2) {
            String module = specs.get(i).name().replace(LoraConfig.A, "");
            int weight = first + names.indexOf(module + ".weight");
            Pair pair = new Pair(
                    weight,
                    make(prefix, specs.get(i), source, tensors),
                    make(prefix, specs.get(i + 1), source, tensors));
            pairs.add(pair);
            all.add(pair.a);
            all.add(pair.b);
        }
    }

    private static Parameter make(String prefix, WeightSpec spec, Source source, Tensors tensors) {
        String name = prefix + spec.name();
        return new Parameter(name, source.read(name, spec.shape(), tensors));
    }

    /** Fresh matrices as PEFT draws them: A uniform between -1 and 1 over the root of its width (He et al. with a = sqrt(5)), B zero. */
    static Source fresh(long seed) {
        return (name, shape, tensors) -> {
            FloatBuffer values = tensors.bufferFor(name, shape).asFloatBuffer();
            double bound = name.endsWith(LoraConfig.A) ? 1 / Math.sqrt(shape.get(1)) : 0;
            SplittableRandom random = new SplittableRandom(RandomStream.mix(seed + RandomStream.mix(name.hashCode())));
            while (values.hasRemaining()) {
                values.put(bound == 0 ? 0 : (float) (bound * (2 * random.nextDouble() - 1)));
            }
            return tensors.fromBuffer(shape);
        };
    }

    LoraConfig config() {
        return lora;
    }

    /** Training passes made, of which the masks of the dropout depend. */
    long passes() {
        return passes;
    }

    /** A and B of every target, layer by layer. */
    List<Parameter> matrices() {
        return pairs.stream().flatMap(pair -> Stream.of(pair.a, pair.b)).toList();
    }

    /** What is trained: the matrices, and what is trained together with them. */
    List<Parameter> parameters() {
        return Stream.concat(matrices().stream(), beside.stream()).toList();
    }

    TrainingProgram trainingProgram() {
        return new TrainingProgram(program, all, layers, layerSize);
    }

    /** Seeds of the next training pass; the sum for reading gives its memory back. */
    DropoutSeeds nextPass() {
        forget();
        long pass = RandomStream.mix(seed + RandomStream.mix(passes++));
        return lora.dropout() == 0 ? DropoutSeeds.NONE : DropoutSeeds.of(layer -> RandomStream.mix(pass + layer));
    }

    private void forget() {
        if (mergedOwner != null) {
            mergedOwner.close();
            mergedOwner = null;
            merged = null;
        }
    }

    /** All weights, the targets with their low-rank product added; made anew after an update. */
    List<Parameter> merged() {
        long now = pairs.stream()
                .mapToLong(pair -> pair.a.updates() + pair.b.updates())
                .sum();
        if (merged == null || mergedAt != now) {
            forget();
            mergedOwner = manager.newSubManager(manager.getDevice());
            merged = merge(mergedOwner);
            mergedAt = now;
        }
        return merged;
    }

    private List<Parameter> merge(PtNDManager owner) {
        IValue[] arguments = {
            list(pair -> frozen.get(pair.weight)), list(Pair::a), list(Pair::b), IValue.from(lora.scaling())
        };
        PtNDArray[] sums;
        try (IValue result = merging.run("merge", arguments)) {
            sums = result.toTensorArray(owner);
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
        List<Parameter> result = new ArrayList<>(frozen);
        for (int i = 0; i < sums.length; i++) {
            int weight = pairs.get(i).weight;
            result.set(weight, new Parameter(frozen.get(weight).name(), sums[i]));
        }
        return result;
    }

    private IValue list(Function<Pair, Parameter> part) {
        return IValue.listFrom(pairs.stream().map(part).map(Parameter::tensor).toArray(PtNDArray[]::new));
    }
}
