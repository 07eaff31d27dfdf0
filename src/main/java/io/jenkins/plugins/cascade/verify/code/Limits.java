package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one program may use.
 *
 * @param testSeconds wall clock for one test, from the moment the program starts
 * @param totalSeconds wall clock for all tests
 * @param memoryBytes address space of a process
 * @param processes processes and threads, the program's own included
 * @param openFiles open files of a process
 * @param fileBytes size of a file it writes
 * @param outputBytes what it may print in one test
 */
public record Limits(
        double testSeconds,
        double totalSeconds,
        long memoryBytes,
        int processes,
        int openFiles,
        long fileBytes,
        long outputBytes) {

    /** 6 seconds a test and 30 in all, 1 GiB, 16 processes, 64 files of 16 MiB, 1 MiB of output. */
    public static final Limits STANDARD = new Limits(6, 30, 1L << 30, 16, 64, 16L << 20, 1L << 20);

    /** The same limits with other wall clocks. */
    public Limits within(double secondsPerTest, double secondsInAll) {
        return new Limits(secondsPerTest, secondsInAll, memoryBytes, processes, openFiles, fileBytes, outputBytes);
    }

    ObjectNode toJson(int tests) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("test_seconds", testSeconds)
                .put("total_seconds", totalSeconds)
                .put("memory_bytes", memoryBytes)
                .put("processes", processes)
                .put("open_files", openFiles)
                .put("file_bytes", fileBytes)
                .put("output_bytes", outputBytes)
                .put("tests", tests);
    }
}
