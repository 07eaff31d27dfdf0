package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.verify.Verifiers;
import io.jenkins.plugins.cascade.verify.VerifyCases;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cascade verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judges answers with the verifiers.",
            "In: lines {\"id\",\"prompt\",\"response\",\"verifier\":{\"type\",...}}. Out: a line"
                    + " {\"id\",\"outcome\",\"score\",\"detail\",\"millis\"} for each, in the same order. A summary goes to standard"
                    + " error. A line that is no case is an ERROR that names its number.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every line has its outcome", "2:a file cannot be read", "64:the command line is wrong"})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CASES.jsonl", description = "The answers.")
    private Path cases;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(cases)) {
            throw new ParameterException(spec.commandLine(), "There is no file " + cases);
        }
        Writer results = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        try (Verifiers verifiers = Verifiers.standard();
                BufferedReader lines = Files.newBufferedReader(cases)) {
            String summary = new VerifyCases(verifiers).run(lines, results).text();
            results.flush();
            spec.commandLine().getErr().print(summary);
            spec.commandLine().getErr().flush();
        }
        return 0;
    }
}
