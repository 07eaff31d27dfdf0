package io.jenkins.plugins.cascade.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process, tensors included, which the Java heap's figures are not. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String NOW = "VmRSS:";
    private static final String PEAK = "VmHWM:";

    private ResidentMemory() {}

    /** Resident set size in MiB; NaN where the system has no {@code /proc}. */
    static double megabytes() {
        return field(NOW);
    }

    /** The largest resident set size so far, as words: bytes, or that it is not known. */
    static String peak() {
        double megabytes = field(PEAK);
        return Double.isNaN(megabytes) ? "not known" : Math.round(megabytes) + " MiB";
    }

    private static double field(String name) {
        if (!Files.isReadable(STATUS)) {
            return Double.NaN;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
