package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.gate.ScoreComparison;
import io.jenkins.plugins.cascade.gate.SelfCalibration;
import io.jenkins.plugins.cascade.gate.SelfCalibrationText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @ArgGroup(multiplicity = "1")
    private Scores scores;

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
        if (scores.self != null) {
            return calibrate();
        }
        ScoreComparison comparison = ScoreComparison.of(scores.sides.baseline, scores.sides.candidate, gates);
        print(json ? comparison.json() : comparison.text());
        return comparison.exitCode();
    }

    private int calibrate() {
        if (scores.self.size() > 2) {
            throw new ParameterException(spec.commandLine(), "Give --self once or twice");
        }
        SelfCalibration calibration = SelfCalibration.of(scores.self, gates);
        print(json ? SelfCalibrationText.json(calibration) : SelfCalibrationText.sentences(calibration));
        return calibration.verdict().exitCode();
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /** Two models, or one and itself. */
    private static final class Scores {
        @ArgGroup(exclusive = false)
        private Sides sides;

        @Option(
                names = "--self",
                required = true,
                paramLabel = "SCORES.jsonl",
                description = {
                    "Before a gate is first used: is it usable? The samples of this one model are compared with each other, 400"
                            + " times. Given twice, with two evaluations under different seeds, these must agree too.",
                    "Exit codes: 0 usable, 1 the model differs from itself, 2 it decides too rarely, 3 ERROR."
                })
        private List<Path> self;
    }

    /** The two sides. */
    private static final class Sides {
        @Option(
                names = "--baseline",
                required = true,
                paramLabel = "SCORES.jsonl",
                description = "Scores to compare with.")
        private Path baseline;

        @Option(names = "--candidate", required = true, paramLabel = "SCORES.jsonl", description = "Scores to judge.")
        private Path candidate;
    }
}
