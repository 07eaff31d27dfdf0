package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.gate.ScoreComparison;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cascade gate}. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the scores of two models item by item.",
            "Score lines: {\"benchmark\",\"item\",\"samples\":[...],\"fingerprint\"}, \"cluster\" and \"error\" where there is one."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:PASS", "1:REGRESSED", "2:INCONCLUSIVE", "3:ERROR", "64:the command line is wrong"})
final class GateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--baseline", required = true, paramLabel = "SCORES.jsonl", description = "Scores to compare with.")
    private Path baseline;

    @Option(names = "--candidate", required = true, paramLabel = "SCORES.jsonl", description = "Scores to judge.")
    private Path candidate;

    @Option(
            names = "--gates",
            required = true,
            paramLabel = "GATES.json",
            description =
                    "{\"alpha\":0.05,\"gates\":[{\"benchmark\",\"margin\",\"kind\":\"protect|watch|target\"}],\"tolerate\":[...]}.")
    private Path gates;

    @Option(names = "--json", description = "Prints JSON instead of a table; scores and bounds as fractions.")
    private boolean json;

    @Override
    public Integer call() {
        ScoreComparison comparison = ScoreComparison.of(baseline, candidate, gates);
        spec.commandLine().getOut().print(json ? comparison.json() : comparison.text());
        spec.commandLine().getOut().flush();
        return comparison.exitCode();
    }
}
