package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.ItemScores;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import io.jenkins.plugins.cascade.report.ScoreSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a trainer left at its end, verified: the checkpoint's digest, the key, and the scores, whose means are computed here from the items.
 *
 * @param result the trainer's own account
 * @param scores per-item scores by benchmark
 */
public record FinishedTraining(TrainerResult result, Map<String, BenchmarkScores> scores) {
    private static final double SAME_MEAN = 1e-6;

    /** Copies the scores. */
    public FinishedTraining {
        scores = Map.copyOf(scores);
    }

    /**
     * Reads and verifies all of it, on the machine where the checkpoint is.
     *
     * @throws StageException with one sentence when something is missing, too large, malformed, or not what it claims to be
     */
    public static FinishedTraining read(StageDirectory directory, StageSpec spec) throws StageException {
        return read(directory, spec, Digests::ofFolder);
    }

    /** Tells the digest of a folder. */
    interface FolderDigest {
        String of(Path folder) throws IOException;
    }

    /**
     * The same, where the digests of some files are known.
     *
     * @throws StageException as {@link #read(StageDirectory, StageSpec)} does
     */
    static FinishedTraining read(StageDirectory directory, StageSpec spec, FolderDigest digests) throws StageException {
        FinishedTraining finished = readCopy(directory, spec);
        TrainerResult result = finished.result();
        Path checkpoint = UntrustedFile.folder(directory.path(), result.checkpoint());
        if (!digest(checkpoint, digests).equals(result.checkpointDigest())) {
            throw new StageException("The checkpoint " + checkpoint + " is not the one that the trainer finished:"
                    + " its digest differs");
        }
        return finished;
    }

    /**
     * Reads and verifies everything but the checkpoint, from a copy of the stage's files that has none.
     *
     * @throws StageException with one sentence when something is missing, too large, malformed, or not what it claims to be
     */
    static FinishedTraining readCopy(StageDirectory directory, StageSpec spec) throws StageException {
        TrainerResult result = directory
                .result()
                .orElseThrow(() ->
                        new StageException("The trainer left no " + StageFiles.RESULT + " in " + directory.path()));
        if (result.schema() != StageSpec.SCHEMA || !ContentKey.of(spec).equals(result.contentKey())) {
            throw new StageException("The result in " + directory.path() + " belongs to another specification");
        }
        checkNumbers(directory, result);
        UntrustedFile.checkPlain(result.checkpoint());
        if (!UntrustedFile.isDigest(result.checkpointDigest())) {
            throw new StageException("The result in " + directory.path() + " holds no digest of its checkpoint");
        }
        return new FinishedTraining(result, scores(directory, spec, result));
    }

    private static void checkNumbers(StageDirectory directory, TrainerResult result) throws StageException {
        boolean counted = result.trainedTokens() >= 0
                && result.sampledTokens() >= 0
                && result.trainSeconds() >= 0
                && result.evaluateSeconds() >= 0
                && Double.isFinite(result.trainSeconds() + result.evaluateSeconds());
        if (!counted) {
            throw new StageException("The result in " + directory.path() + " holds a number that cannot be");
        }
    }

    private static String digest(Path checkpoint, FolderDigest digests) throws StageException {
        try {
            return digests.of(checkpoint);
        } catch (IOException e) {
            throw new StageException("The checkpoint " + checkpoint + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, BenchmarkScores> scores(StageDirectory directory, StageSpec spec, TrainerResult result)
            throws StageException {
        Set<String> names = spec.benchmarks().stream().map(BenchmarkSpec::name).collect(Collectors.toSet());
        Map<String, BenchmarkScores> scores = names.isEmpty() ? Map.of() : file(directory);
        if (!scores.keySet().equals(names) || !result.scores().keySet().equals(names)) {
            throw new StageException("The scores in " + directory.path() + " are not those of the benchmarks "
                    + String.join(", ", new java.util.TreeSet<>(names)));
        }
        for (BenchmarkScores benchmark : scores.values()) {
            double claimed = result.scores().get(benchmark.benchmark());
            if (Math.abs(benchmark.mean() - claimed) > SAME_MEAN) {
                throw new StageException("The result in " + directory.path() + " claims " + claimed + " on '"
                        + benchmark.benchmark() + "', but its items have the mean " + benchmark.mean());
            }
        }
        for (BenchmarkSpec benchmark : spec.benchmarks()) {
            checkSamples(directory, benchmark, scores.get(benchmark.name()));
        }
        return scores;
    }

    private static void checkSamples(StageDirectory directory, BenchmarkSpec asked, BenchmarkScores scores)
            throws StageException {
        for (ItemScores item : scores.items()) {
            int samples = item.samples().size();
            if (samples > asked.samples() || samples < asked.samples() && item.error() == null) {
                throw new StageException("The scores in " + directory.path() + " hold " + samples
                        + " samples of an item of '" + asked.name() + "', but " + asked.samples() + " were asked for");
            }
        }
    }

    private static Map<String, BenchmarkScores> file(StageDirectory directory) throws StageException {
        Path file = directory.path().resolve(StageFiles.SCORES);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StageException("The trainer left no " + StageFiles.SCORES + " in " + directory.path());
        }
        try {
            return ScoreFile.read(file);
        } catch (IOException e) {
            throw new StageException(UntrustedFile.printable(e.getMessage()), e);
        }
    }

    /** Mean and standard error of every benchmark. */
    Map<String, ScoreSummary> summaries() {
        Map<String, ScoreSummary> summaries = new TreeMap<>();
        scores.forEach((name, benchmark) -> summaries.put(name, summary(benchmark)));
        return summaries;
    }

    private static ScoreSummary summary(BenchmarkScores benchmark) {
        List<ItemScores> items =
                benchmark.items().stream().filter(ItemScores::scored).toList();
        double mean = benchmark.mean();
        double squares = items.stream()
                .mapToDouble(item -> Math.pow(item.mean() - mean, 2))
                .sum();
        int n = items.size();
        double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
        int samples =
                items.stream().mapToInt(item -> item.samples().size()).min().orElse(0);
        return new ScoreSummary(mean, error, n, samples);
    }
}
