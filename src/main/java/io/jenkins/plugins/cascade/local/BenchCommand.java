package io.jenkins.plugins.cascade.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cascade bench}: hands over to {@code bench/speed/bench.py} of the checkout that this command was built from. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures speed and memory against TRL and transformers, on the same model, data, precision and threads.",
            "The peers are installed from PyPI into a virtual environment below ~/.cache/cascade (about 6 GB), unless"
                    + " CASCADE_BENCH_PYTHON names a Python that has them. The whole table takes about an hour on two cores;"
                    + " the machine should do nothing else."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a side failed", "64:the command line is wrong"})
final class BenchCommand implements Callable<Integer> {
    /** System property: the checkout, set by the launcher. */
    static final String HOME = "cascade.home";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--row",
            paramLabel = "NAME",
            description = "A row of the table, such as sft-fp32; may be repeated. All by default; --list names them.")
    private List<String> rows = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count, 7 by default; at least 1.")
    private int rounds = 7;

    @Option(
            names = "--memory",
            description = "In place of the table: the memory of 500 SFT steps and 100 GRPO steps of a tiny model.")
    private boolean memory;

    @Option(names = "--list", description = "Names the rows and ends.")
    private boolean list;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "Where the results go, bench/RESULTS.md by default; rows of it that are not measured now stay.")
    private Path results;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds is " + rounds + "; it must be at least 1");
        }
        Path home = Optional.ofNullable(System.getProperty(HOME))
                .map(Path::of)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Start this with ./cascade in a checkout: the scripts of bench/speed are needed"));
        Path script = home.resolve("bench/speed/bench.py");
        if (!Files.isRegularFile(script)) {
            throw new ParameterException(spec.commandLine(), "There is no " + script);
        }
        spec.commandLine().getOut().flush();
        Process process = new ProcessBuilder(command(home, script)).inheritIO().start();
        return process.waitFor() == 0 ? 0 : 1;
    }

    private List<String> command(Path home, Path script) {
        String python =
                Optional.ofNullable(System.getenv("CASCADE_BENCH_PYTHON")).orElse("python3");
        List<String> command = new ArrayList<>(List.of(
                python,
                script.toString(),
                "--java",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "--rounds",
                Integer.toString(rounds),
                "--results",
                (results == null ? home.resolve("bench/RESULTS.md") : results.toAbsolutePath()).toString()));
        rows.forEach(row -> command.addAll(List.of("--row", row)));
        if (memory) {
            command.add("--memory");
        }
        if (list) {
            command.add("--list");
        }
        return command;
    }
}
