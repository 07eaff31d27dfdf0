package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Plans which sequences are decoded together: those with prompts of similar length, a request's samples side by side. */
final class Generator {
    private final Decoder decoder;
    private final Sampling sampling;
    private final Consumer<Completion> finished;

    Generator(Decoder decoder, Sampling sampling, Consumer<Completion> finished) {
        this.decoder = decoder;
        this.sampling = sampling;
        this.finished = finished;
    }

    List<Completion> generate(List<GenerationRequest> requests) {
        List<Continuation> all = new ArrayList<>();
        for (int request = 0; request < requests.size(); request++) {
            for (int index = 0; index < requests.get(request).count(); index++) {
                all.add(new Continuation(request, index, requests.get(request), sampling));
            }
        }
        List<Continuation> longestFirst = new ArrayList<>(all);
        longestFirst.sort(Comparator.comparingInt(continuation -> -continuation.prompt().length));
        try (IValue weights = decoder.computedWeights()) {
            decode(longestFirst, weights);
        }
        return all.stream().map(Continuation::toCompletion).toList();
    }

    private void decode(List<Continuation> longestFirst, IValue weights) {
        for (int start = 0; start < longestFirst.size(); start += sampling.maxBatch()) {
            int end = Math.min(longestFirst.size(), start + sampling.maxBatch());
            decodeBatch(longestFirst.subList(start, end), weights);
        }
    }

    private void decodeBatch(List<Continuation> rows, IValue weights) {
        BatchSize largest = BatchSize.of(rows.stream()
                .map(row -> row.prompt().length + sampling.maxNewTokens())
                .toList());
        OutOfDeviceMemoryException.during("sampling", largest, () -> {
            try (DecodingBatch batch = new DecodingBatch(decoder, weights, sampling, rows, finished)) {
                batch.run();
            }
            return rows;
        });
    }
}
