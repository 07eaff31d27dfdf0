package io.jenkins.plugins.cascade.trainer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy the machine is, under the names that MLflow's own system metrics have: processors in percent of all of them, memory in use by
 * anybody, and every GPU that {@code nvidia-smi} lists. A tool that is not there or fails is not asked again.
 */
final class SystemUse {
    private static final List<String> NVIDIA = List.of(
            "nvidia-smi",
            "--query-gpu=index,utilization.gpu,memory.used,memory.total,power.draw",
            "--format=csv,noheader,nounits");

    /** What {@code nvidia-smi} prints a line: index, percent, MiB, MiB, watts; a value that a GPU does not tell is in brackets. */
    private static final Pattern GPU =
            Pattern.compile("\\s*(\\d{1,3})\\s*,\\s*([^,]+),\\s*([^,]+),\\s*([^,]+),\\s*([^,]+)");

    private static final int TOOL_SECONDS = 2;
    private static final int MOST_OUTPUT = 1 << 16;
    private static final double MEGABYTE = 1e6;
    private static final double MEBIBYTE = 1 << 20;
    private static final double PERCENT = 100;

    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<String> gpuTool;
    private boolean gpus = true;

    SystemUse() {
        this(NVIDIA);
    }

    SystemUse(List<String> gpuTool) {
        this.gpuTool = List.copyOf(gpuTool);
    }

    /** The values now; what cannot be told is left out. */
    Map<String, Double> sample() {
        Map<String, Double> values = new TreeMap<>();
        double load = machine.getCpuLoad();
        if (load >= 0) {
            values.put("system/cpu_utilization_percentage", PERCENT * load);
        }
        double total = machine.getTotalMemorySize();
        double used = total - machine.getFreeMemorySize();
        if (total > 0) {
            values.put("system/system_memory_usage_megabytes", used / MEGABYTE);
            values.put("system/system_memory_usage_percentage", PERCENT * used / total);
        }
        if (gpus) {
            Optional<String> told = told();
            gpus = told.isPresent();
            told.ifPresent(text -> text.lines().forEach(line -> addGpu(line, values)));
        }
        return values;
    }

    private static void addGpu(String line, Map<String, Double> values) {
        Matcher gpu = GPU.matcher(line);
        if (!gpu.matches()) {
            return;
        }
        String name = "system/gpu_" + gpu.group(1) + "_";
        Optional<Double> used = number(gpu.group(3));
        Optional<Double> total = number(gpu.group(4)).filter(all -> all > 0);
        number(gpu.group(2)).ifPresent(value -> values.put(name + "utilization_percentage", value));
        used.ifPresent(value -> values.put(name + "memory_usage_megabytes", value * MEBIBYTE / MEGABYTE));
        if (used.isPresent() && total.isPresent()) {
            values.put(name + "memory_usage_percentage", PERCENT * used.get() / total.get());
        }
        number(gpu.group(5)).ifPresent(value -> values.put(name + "power_usage_watts", value));
    }

    private static Optional<Double> number(String text) {
        String stripped = text.strip();
        return stripped.matches("\\d{1,9}(\\.\\d{1,6})?") ? Optional.of(Double.valueOf(stripped)) : Optional.empty();
    }

    private Optional<String> told() {
        try {
            Process process = new ProcessBuilder(gpuTool)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            byte[] output = process.getInputStream().readNBytes(MOST_OUTPUT);
            return process.exitValue() == 0
                    ? Optional.of(new String(output, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
