package io.jenkins.plugins.cascade.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cascade.evaluate.Benchmark;
import io.jenkins.plugins.cascade.evaluate.BenchmarkResult;
import io.jenkins.plugins.cascade.evaluate.Evaluator;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.train.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates all benchmarks of a stage; one that is done is kept in {@code evaluation/NAME.json} and not done again after a resume. */
final class StageEvaluation {
    private static final String FOLDER = "evaluation";

    private final Path directory;
    private final List<Benchmark> benchmarks;
    private final StageRecorder recorder;

    StageEvaluation(Path directory, List<Benchmark> benchmarks, StageRecorder recorder) {
        this.directory = directory;
        this.benchmarks = List.copyOf(benchmarks);
        this.recorder = recorder;
    }

    /** A kept result with the checkpoint that it belongs to. */
    record Kept(String checkpointDigest, BenchmarkResult result) {}

    /**
     * Evaluates what is not done yet and writes {@code scores.jsonl} and {@code answers.jsonl}.
     *
     * @param checkpointDigest of the model that is evaluated
     * @throws StageFailure {@code STOPPED} when asked to stop, between chunks of items
     */
    List<BenchmarkResult> run(Evaluator evaluator, String checkpointDigest) {
        int all = benchmarks.stream()
                .mapToInt(benchmark -> benchmark.items().size())
                .sum();
        int done = 0;
        List<BenchmarkResult> results = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            BenchmarkResult result = result(evaluator, benchmark, checkpointDigest, done, all);
            done += benchmark.items().size();
            recorder.scored(benchmark.spec().name(), result.metrics(), done, all);
            warnOfErrors(result);
            results.add(result);
        }
        writeLines(
                StageFiles.SCORES,
                results.stream().flatMap(result -> result.scores().stream()).toList());
        writeLines(
                StageFiles.ANSWERS,
                results.stream().flatMap(result -> result.answers().stream()).toList());
        return results;
    }

    private BenchmarkResult result(Evaluator evaluator, Benchmark benchmark, String digest, int before, int all) {
        String name = benchmark.spec().name();
        Path file = directory.resolve(FOLDER).resolve(name + ".json");
        Optional<BenchmarkResult> kept = kept(file, digest, evaluator.fingerprint(benchmark));
        if (kept.isPresent()) {
            return kept.get();
        }
        requireNoStop(name);
        BenchmarkResult result = evaluator.evaluate(benchmark, items -> {
            recorder.itemsDone(before + items, all);
            if (items < benchmark.items().size()) {
                requireNoStop(name);
            }
        });
        DurableFiles.guarded(file, () -> Files.createDirectories(file.getParent()));
        DurableFiles.replaceFile(file, CanonicalJson.bytes(new Kept(digest, result)));
        return result;
    }

    private static Optional<BenchmarkResult> kept(Path file, String digest, String fingerprint) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Kept kept = CanonicalJson.MAPPER.readValue(Files.readAllBytes(file), Kept.class);
            boolean same = kept.checkpointDigest().equals(digest)
                    && kept.result().fingerprint().equals(fingerprint);
            return same ? Optional.of(kept.result()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // written by another version: evaluated anew
        } catch (IOException e) {
            throw new StageFailure(ExitCode.BAD_INPUT, file + " cannot be read (" + e + ").", e);
        }
    }

    private void requireNoStop(String benchmark) {
        recorder.stopReason().ifPresent(reason -> {
            throw new StageFailure(
                    ExitCode.STOPPED,
                    "Stopped in the evaluation of " + benchmark + " because " + reason + "; it can be resumed.");
        });
    }

    private void warnOfErrors(BenchmarkResult result) {
        long errors =
                result.scores().stream().filter(score -> score.error() != null).count();
        if (errors > 0) {
            String first = result.scores().stream()
                    .filter(score -> score.error() != null)
                    .findFirst()
                    .map(score -> score.item() + ": " + score.error())
                    .orElse("");
            recorder.warning(
                    StageRecorder.EVALUATION,
                    errors + " of " + result.scores().size() + " items of " + result.benchmark()
                            + " could not be judged; the first: " + first);
        }
    }

    private void writeLines(String name, List<?> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object line : lines) {
            bytes.writeBytes(CanonicalJson.bytes(line));
            bytes.write('\n');
        }
        DurableFiles.replaceFile(directory.resolve(name), bytes.toByteArray());
    }
}
