package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemUseTest {
    private static final Set<String> EVERYWHERE =
            Set.of("system/system_memory_usage_megabytes", "system/system_memory_usage_percentage");

    @TempDir
    Path folder;

    /** A fake of {@code nvidia-smi}, because a machine with two GPUs is rare. */
    private SystemUse withGpus(String lines, int exitCode) throws Exception {
        Path tool = Files.writeString(
                folder.resolve("nvidia-smi"),
                "#!/bin/sh\necho asked >> " + folder.resolve("asked") + "\ncat <<'EOF'\n" + lines + "\nEOF\nexit "
                        + exitCode);
        assertTrue(tool.toFile().setExecutable(true));
        return new SystemUse(List.of(tool.toString()));
    }

    @Test
    void everyMachineTellsItsMemory() {
        Map<String, Double> values = new SystemUse(List.of("no-such-tool")).sample();
        assertTrue(values.keySet().containsAll(EVERYWHERE), values.toString());
        double percent = values.get("system/system_memory_usage_percentage");
        assertTrue(percent > 0 && percent <= 100, values.toString());
        double load = values.getOrDefault("system/cpu_utilization_percentage", 0.0);
        assertTrue(load >= 0 && load <= 100, values.toString());
        assertTrue(values.keySet().stream().noneMatch(name -> name.contains("gpu")), values.toString());
    }

    @Test
    void everyGpuHasItsOwnNames() throws Exception {
        Map<String, Double> values =
                withGpus("0, 35, 1024, 4096, 97.50\n1, 0, 0, 4096, [N/A]", 0).sample();
        assertEquals(35, values.get("system/gpu_0_utilization_percentage"));
        assertEquals(1073.741824, values.get("system/gpu_0_memory_usage_megabytes"), 1e-9);
        assertEquals(25, values.get("system/gpu_0_memory_usage_percentage"));
        assertEquals(97.5, values.get("system/gpu_0_power_usage_watts"));
        assertEquals(0, values.get("system/gpu_1_utilization_percentage"));
        assertFalse(values.containsKey("system/gpu_1_power_usage_watts"), values.toString());
    }

    @Test
    void aToolThatFailsIsAskedOnce() throws Exception {
        SystemUse use = withGpus("NVIDIA-SMI has failed", 9);
        use.sample();
        use.sample();
        assertEquals(List.of("asked"), Files.readAllLines(folder.resolve("asked")));
    }
}
