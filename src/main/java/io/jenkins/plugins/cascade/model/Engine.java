package io.jenkins.plugins.cascade.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one libtorch of this Java virtual machine, started by the first model that is loaded. */
public final class Engine {
    private static int threads = Runtime.getRuntime().availableProcessors();
    private static boolean started;

    private Engine() {}

    /**
     * Sets how many threads an operation may use on the CPU; the default is every processor.
     *
     * @param count at least 1
     */
    public static synchronized void setThreads(int count) {
        if (count < 1) {
            throw new ModelException("The number of threads is " + count + "; it must be at least 1.");
        }
        threads = count;
        if (started) {
            JniUtils.setNumThreads(count);
        }
    }

    /** A manager that frees everything made under it when it is closed. */
    static synchronized PtNDManager newManager(Device device) {
        start();
        return (PtNDManager) ai.djl.engine.Engine.getEngine("PyTorch").newBaseManager(device);
    }

    /**
     * Starts the engine and sees that it can compute on the device.
     *
     * @throws ModelException if it cannot, saying what is missing
     */
    public static synchronized void require(Compute compute) {
        start();
        Device device = compute.device();
        if (!device.isGpu()) {
            return;
        }
        if (!ai.djl.engine.Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA)) {
            throw new ModelException(missingCuda(device, Path.of(LibUtils.getLibtorchPath())));
        }
        try (NDManager manager = newManager(device)) {
            manager.create(new float[1]);
        } catch (EngineException e) {
            throw new ModelException(
                    "The device cuda:" + device.getDeviceId() + " cannot be used: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("libtorch does not say why")
                            + "; see nvidia-smi and CUDA_VISIBLE_DEVICES for the devices of this machine.",
                    e);
        }
    }

    private static String missingCuda(Device device, Path libtorch) {
        String name = "The device cuda:" + device.getDeviceId() + " cannot be used: the libtorch in " + libtorch;
        return Files.exists(libtorch.resolve("libtorch_cuda.so"))
                ? name + " has CUDA but sees no GPU; see that the machine has an NVIDIA GPU and its driver, that"
                        + " CUDA_VISIBLE_DEVICES does not hide it, and that PYTORCH_FLAVOR is not 'cpu'."
                : name + " computes on the processor only; name the folder of a libtorch 2.7.1 with CUDA, for example"
                        + " .../site-packages/torch/lib of pip's torch, in PYTORCH_LIBRARY_PATH.";
    }

    private static void start() {
        if (!started) {
            forbidDownloads();
            ai.djl.engine.Engine.getEngine("PyTorch");
            JniUtils.setNumInteropThreads(1);
            JniUtils.setNumThreads(threads);
            started = true;
        }
    }

    /** DJL would otherwise look for native libraries on the network and report its use. */
    static void forbidDownloads() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /**
     * Prepares the calling thread: both settings belong to a thread in libtorch. The optimiser of TorchScript re-specialises a program
     * for every new shape, which costs more time and memory than it saves here.
     */
    static void prepareThread(boolean gradients) {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(gradients);
    }
}
