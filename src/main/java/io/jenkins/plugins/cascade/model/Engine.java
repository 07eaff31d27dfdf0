package io.jenkins.plugins.cascade.model;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

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
