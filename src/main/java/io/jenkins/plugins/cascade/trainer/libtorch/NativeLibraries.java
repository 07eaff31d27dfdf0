package io.jenkins.plugins.cascade.trainer.libtorch;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the Deep Java Library where libtorch is, before it is loaded. The library would look on its own too, but then it takes the wrong
 * native bridge where a folder is given without a flavour, and goes to its makers' server for what is missing.
 */
public final class NativeLibraries {
    /** The library that a folder of libtorch is known by. */
    static final String LIBTORCH = "libtorch.so";

    /** Where libtorch is; a variable of the environment, or a system property. */
    static final String PATH = "PYTORCH_LIBRARY_PATH";

    private static final String VERSION = "PYTORCH_VERSION";
    private static final String FLAVOR = "PYTORCH_FLAVOR";

    /** On the class path when the archive of libtorch itself is; the Deep Java Library unpacks that one. */
    private static final String ON_CLASS_PATH = "native/lib/pytorch.properties";

    private NativeLibraries() {}

    /**
     * Finds libtorch for this process: in the folder that {@code PYTORCH_LIBRARY_PATH} names; on the class path; in the Deep Java
     * Library's cache; in the local Maven repository; in the Maven repository whose address {@code CASCADE_MAVEN_REPOSITORY} gives.
     * From a repository it is unpacked into the cache, once for all processes of this user.
     *
     * @param environment of this process
     * @param log is told when something takes long
     * @throws StageFailure when it is not there, with the command that brings it
     */
    public static void prepare(Map<String, String> environment, PrintStream log) {
        if (value(environment, PATH).isEmpty() && isOnClassPath()) {
            return;
        }
        Path folder = search(environment, log).find();
        settings(folder).forEach((name, value) -> {
            if (value(environment, name).isEmpty()) {
                System.setProperty(name, value);
            }
        });
    }

    private static LibtorchSearch search(Map<String, String> environment, PrintStream log) {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        LibtorchArchive archive = LibtorchArchive.of(system, processor)
                .orElseThrow(() -> new StageFailure(
                        ExitCode.BAD_INPUT,
                        "The trainer runs on Linux with an x86_64 or aarch64 processor, and this machine is " + system
                                + " on " + processor + "; use another agent."));
        return new LibtorchSearch(archive, environment, Path.of(System.getProperty("user.home")), log);
    }

    /** What the Deep Java Library must know of a folder, by the name of the variable. */
    static Map<String, String> settings(Path folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(PATH, folder.toString());
        settings.put(VERSION, LibtorchArchive.VERSION);
        // There are two bridges; the default is a third that no archive holds.
        settings.put(FLAVOR, Files.exists(folder.resolve("libtorch_cuda.so")) ? "cu128" : "cpu");
        return settings;
    }

    private static boolean isOnClassPath() {
        return NativeLibraries.class.getClassLoader().getResource(ON_CLASS_PATH) != null;
    }

    /** A variable's value; empty where it is not set. */
    static String value(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
