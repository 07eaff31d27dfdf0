package io.jenkins.plugins.cascade.verify.code;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * The sandbox server's program laid out in a temporary directory, and the interpreter that runs it.
 *
 * @param directory the temporary directory
 * @param command the interpreter with its options and the program
 * @param packages directories of installed Python packages
 * @param namespaces whether servers use namespaces where the machine has them
 */
record SandboxInstallation(Path directory, List<String> command, List<String> packages, boolean namespaces) {

    private static final List<String> FILES =
            List.of("__main__.py", "checks.py", "frames.py", "isolation.py", "program.py", "syscalls.py", "values.py");

    /** User numbers no one has; each sandbox takes two, so that limits on processes are its own. */
    private static final int FIRST_USER = 60_000;

    private static final int USERS = 2_000;

    /** Finds the interpreter and writes the program. */
    static SandboxInstallation create(boolean namespaces) throws SandboxException {
        try {
            List<String> python = python();
            Path directory = Files.createTempDirectory("cascade-verify");
            Path server = Files.createDirectory(directory.resolve("server"));
            for (String file : FILES) {
                copy(file, server);
            }
            List<String> command = List.of(python.get(0), "-I", "-S", "-B", server.toString());
            return new SandboxInstallation(directory, command, python.subList(1, python.size()), namespaces);
        } catch (IOException e) {
            throw new SandboxException("The Python sandbox cannot be prepared: " + e.getMessage(), false, e);
        }
    }

    /** Starts one server in a directory of its own. */
    Sandbox start(int number, ScheduledExecutorService clock) throws SandboxException {
        try {
            Path own = Files.createDirectory(directory.resolve("sandbox-" + number));
            long shift = ProcessHandle.current().pid() * 37 + number;
            int user = FIRST_USER + 2 * (int) (shift % USERS);
            return Sandbox.start(command, packages, namespaces, own, user, clock);
        } catch (IOException e) {
            throw new SandboxException(
                    "A directory for the Python sandbox cannot be made: " + e.getMessage(), false, e);
        }
    }

    /** Removes what was laid out. */
    void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    private static void copy(String file, Path server) throws IOException, SandboxException {
        try (InputStream source = SandboxInstallation.class.getResourceAsStream("sandbox/" + file)) {
            if (source == null) {
                throw new SandboxException(
                        "The file " + file + " of the Python sandbox is missing from this build.", false, null);
            }
            Files.copy(source, server.resolve(file));
        }
    }

    /** The real interpreter behind {@code python3}, which may be a wrapper script, then its package directories. */
    private static List<String> python() throws IOException, SandboxException {
        Process process = new ProcessBuilder(
                        "python3",
                        "-I",
                        "-c",
                        "import site, sys; print(sys.executable, *site.getsitepackages(), sep='\\n')")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(new File("/dev/null"))
                .start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (lines.isEmpty()) {
            throw new SandboxException(
                    "There is no working 'python3' on the PATH; the code verifier needs Python 3.9 or later.",
                    false,
                    null);
        }
        return lines.lines().toList();
    }
}
