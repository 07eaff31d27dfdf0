package io.jenkins.plugins.cascade.model;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) with clipping of the gradient's global norm, computed as PyTorch's
 * {@code torch.optim.AdamW(fused=True)} after {@code clip_grad_norm_}. Close it before the model whose parameters it updates.
 */
public final class AdamW implements AutoCloseable {
    private static final String SOURCE =
            """
              # Scales the gradients so that their joint norm is at most limit; the norm before.
              def clip(self, gradients: List[Tensor], limit: float) -> Tensor:
                norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
                torch._foreach_mul_(gradients, torch.clamp(torch.div(limit, torch.add(norm, 1e-06)), None, 1.))
                return norm

              def update(self, w: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, eps: float) -> None:
                none = annotate(List[Tensor], [])
                torch._foreach_add_(steps, 1)
                torch._fused_adamw_(w, gradients, means, squares, none, steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)

              def zero(self, gradients: List[Tensor]) -> None:
                torch._foreach_zero_(gradients)
            """;
    private static final String MEAN = "exp_avg.";
    private static final String SQUARE = "exp_avg_sq.";

    private final PtNDManager manager;
    private final Program program;
    private final double beta1;
    private final double beta2;
    private final double eps;
    private final double weightDecay;
    private final double clipNorm;
    private final List<State> states;
    private long steps;

    private record State(Parameter parameter, PtNDArray mean, PtNDArray square, PtNDArray step) {}

    /**
     * @param parameters of a {@link CausalLM} or a {@link RewardModel}
     * @param beta1 decay of the gradients' mean, for instance 0.9
     * @param beta2 decay of the squared gradients' mean, for instance 0.95
     * @param eps added to the root, for instance 1e-8
     * @param weightDecay decoupled, on matrices and embeddings only
     * @param clipNorm largest global norm of the gradient, positive
     */
    public AdamW(
            List<Parameter> parameters, double beta1, double beta2, double eps, double weightDecay, double clipNorm) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.eps = eps;
        this.weightDecay = weightDecay;
        this.clipNorm = clipNorm;
        Device device = parameters.get(0).tensor().getDevice();
        manager = Engine.newManager(device);
        program = new Program(manager, SOURCE);
        states = parameters.stream().map(this::newState).toList();
    }

    private State newState(Parameter parameter) {
        parameter.train();
        Shape shape = parameter.tensor().getShape();
        return new State(
                parameter,
                (PtNDArray) manager.zeros(shape, DataType.FLOAT32),
                (PtNDArray) manager.zeros(shape, DataType.FLOAT32),
                (PtNDArray) manager.create(0f));
    }

    /**
     * Clips the accumulated gradients, updates the parameters and sets the gradients to zero. If the norm is not finite, the
     * parameters and the moments stay as they were.
     *
     * @return the global norm before clipping
     */
    public double step(double learningRate) {
        try (PtNDManager step = manager.newSubManager(manager.getDevice())) {
            Map<Parameter, PtNDArray> gradients = gradients(step);
            double norm = clip(gradients, step);
            if (Double.isFinite(norm)) {
                update(true, gradients, learningRate);
                update(false, gradients, learningRate);
                steps++;
            }
            try (IValue all = list(new ArrayList<>(gradients.values()))) {
                program.run("zero", all).close();
            }
            return norm;
        }
    }

    private Map<Parameter, PtNDArray> gradients(PtNDManager step) {
        Map<Parameter, PtNDArray> gradients = new LinkedHashMap<>();
        for (State state : states) {
            PtNDArray gradient = state.parameter.tensor().getGradient();
            gradient.attach(step);
            gradients.put(state.parameter, gradient);
        }
        return gradients;
    }

    private double clip(Map<Parameter, PtNDArray> gradients, PtNDManager step) {
        try (IValue all = list(new ArrayList<>(gradients.values()));
                IValue limit = IValue.from(clipNorm);
                IValue norm = program.run("clip", all, limit)) {
            return norm.toTensor(step).toFloatArray()[0];
        }
    }

    private void update(boolean decayed, Map<Parameter, PtNDArray> gradients, double learningRate) {
        List<State> group = states.stream()
                .filter(state -> state.parameter.decayed() == decayed)
                .toList();
        if (group.isEmpty()) {
            return;
        }
        IValue[] arguments = {
            list(group, state -> state.parameter.tensor()),
            list(group, state -> gradients.get(state.parameter)),
            list(group, State::mean),
            list(group, State::square),
            list(group, State::step),
            IValue.from(learningRate),
            IValue.from(beta1),
            IValue.from(beta2),
            IValue.from(decayed ? weightDecay : 0),
            IValue.from(eps)
        };
        try {
            program.run("update", arguments).close();
            group.forEach(state -> state.parameter.updated());
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    private static IValue list(List<State> group, Function<State, PtNDArray> tensor) {
        return list(group.stream().map(tensor).toList());
    }

    private static IValue list(List<PtNDArray> tensors) {
        return IValue.listFrom(tensors.toArray(new PtNDArray[0]));
    }

    /** Updates made so far, those before {@link #load} included. */
    public long steps() {
        return steps;
    }

    /** Writes the moments ({@code exp_avg.NAME}, {@code exp_avg_sq.NAME}) and the number of steps, so that training goes on exactly. */
    public void save(Path file) {
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        for (State state : states) {
            tensors.put(MEAN + state.parameter.name(), state.mean);
            tensors.put(SQUARE + state.parameter.name(), state.square);
        }
        SafetensorsWriter.write(file, tensors, Map.of("steps", Long.toString(steps)));
    }

    /**
     * Takes the moments and the number of steps from a file that {@link #save} wrote for the same parameters.
     *
     * @throws ModelException if the file is missing or belongs to other parameters; the optimizer is then not to be used
     */
    public void load(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            steps = parseSteps(path, file.metadata().get("steps"));
            Tensors tensors = new Tensors(manager);
            for (State state : states) {
                replace(state.mean, MEAN + state.parameter.name(), file, tensors, path);
                replace(state.square, SQUARE + state.parameter.name(), file, tensors, path);
                try (PtNDArray count = (PtNDArray) manager.create((float) steps)) {
                    count.copyTo(state.step);
                }
            }
        }
    }

    private static void replace(PtNDArray target, String name, SafetensorsFile file, Tensors tensors, Path path) {
        try (PtNDArray read = Weights.read(file, name, target.getShape(), tensors, path)) {
            read.copyTo(target);
        }
    }

    private static long parseSteps(Path path, String text) {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new ModelException(path + " is no optimizer state: it does not say after how many steps.", e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
