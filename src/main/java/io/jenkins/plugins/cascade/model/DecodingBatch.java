package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sequences decoded together. Prompts are padded on the left, each is computed once and its keys and values are repeated for its
 * samples. Finished sequences go on idly until at most half are left; the cache is then cut down to those. It starts with room for
 * {@value #FIRST_ROOM} new tokens and doubles.
 */
final class DecodingBatch implements AutoCloseable {
    private static final int FIRST_ROOM = 64;

    private final Decoder decoder;
    private final IValue weights;
    private final Sampling sampling;
    private final Consumer<Completion> finished;
    private final int promptLength;
    private List<Continuation> rows;
    private long[] pad;
    private IValue cache;
    private IValue logits;
    private int slot;
    private int capacity;

    /**
     * @param weights of the decoder, in the type that it computes in; left open
     * @param continuations at least one; the samples of a request stand side by side
     * @param finished told of every completion as soon as it is finished
     */
    DecodingBatch(
            Decoder decoder,
            IValue weights,
            Sampling sampling,
            List<Continuation> continuations,
            Consumer<Completion> finished) {
        this.decoder = decoder;
        this.weights = weights;
        this.sampling = sampling;
        this.finished = finished;
        rows = List.copyOf(continuations);
        promptLength = rows.stream().mapToInt(row -> row.prompt().length).max().orElseThrow();
        pad = rows.stream().mapToLong(row -> promptLength - row.prompt().length).toArray();
        slot = promptLength;
        capacity = promptLength + Math.min(FIRST_ROOM, sampling.maxNewTokens());
    }

    /** Decodes until every sequence is finished. */
    void run() {
        prefill();
        choose();
        while (!rows.stream().allMatch(Continuation::finished)) {
            makeRoom();
            decode();
            choose();
        }
    }

    private void prefill() {
        List<int[]> prompts = new ArrayList<>();
        long[] promptOfRow = new long[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            if (row == 0 || rows.get(row).request() != rows.get(row - 1).request()) {
                prompts.add(rows.get(row).prompt());
            }
            promptOfRow[row] = prompts.size() - 1;
        }
        long[] ids = new long[prompts.size() * promptLength];
        long[] promptPad = new long[prompts.size()];
        for (int i = 0; i < prompts.size(); i++) {
            int[] prompt = prompts.get(i);
            promptPad[i] = promptLength - prompt.length;
            for (int t = 0; t < prompt.length; t++) {
                ids[i * promptLength + (int) promptPad[i] + t] = prompt[t];
            }
        }
        try (PtNDManager step = decoder.newStep();
                IValue tokens = tensor(step, ids, new Shape(prompts.size(), promptLength));
                IValue padding = tensor(step, promptPad);
                IValue repeats = tensor(step, promptOfRow);
                IValue room = IValue.from((long) capacity);
                IValue result = decoder.runWith(weights, "prefill", tokens, padding, repeats, room)) {
            IValue[] parts = result.toIValueTuple();
            cache = parts[0];
            logits = parts[1];
        }
    }

    private void choose() {
        double[] uniform = rows.stream().mapToDouble(Continuation::uniform).toArray();
        double[] chosen;
        try (PtNDManager step = decoder.newStep();
                IValue random = IValue.from((PtNDArray) step.create(uniform));
                IValue temperature = IValue.from(sampling.temperature());
                IValue topK = IValue.from((long) sampling.topK());
                IValue topP = IValue.from(sampling.topP());
                IValue result = decoder.runWithoutWeights("choose", logits, random, temperature, topK, topP)) {
            chosen = result.toTensor(step).toDoubleArray();
        }
        for (int row = 0; row < rows.size(); row++) {
            Continuation continuation = rows.get(row);
            if (!continuation.finished()) {
                continuation.add((int) chosen[row], (float) chosen[rows.size() + row]);
                if (continuation.finished()) {
                    finished.accept(continuation.toCompletion());
                }
            }
        }
    }

    private void makeRoom() {
        int[] open = IntStream.range(0, rows.size())
                .filter(row -> !rows.get(row).finished())
                .toArray();
        boolean full = slot == capacity;
        if (!full && 2 * open.length > rows.size()) {
            return;
        }
        if (full) {
            capacity = promptLength + Math.min(2 * (capacity - promptLength), sampling.maxNewTokens());
        }
        long[] kept = Arrays.stream(open).asLongStream().toArray();
        try (PtNDManager step = decoder.newStep();
                IValue order = tensor(step, kept);
                IValue used = IValue.from((long) slot);
                IValue room = IValue.from((long) capacity)) {
            IValue selected = decoder.runWithoutWeights("select", cache, order, used, room);
            cache.close();
            cache = selected;
        }
        List<Continuation> before = rows;
        long[] padBefore = pad;
        rows = Arrays.stream(open).mapToObj(before::get).toList();
        pad = Arrays.stream(open).mapToLong(row -> padBefore[row]).toArray();
    }

    private void decode() {
        long[] last = rows.stream().mapToLong(Continuation::lastToken).toArray();
        try (PtNDManager step = decoder.newStep();
                IValue ids = tensor(step, last);
                IValue padding = tensor(step, pad);
                IValue at = IValue.from((long) slot)) {
            logits.close();
            logits = decoder.runWith(weights, "decode", ids, padding, at, cache);
        }
        slot++;
    }

    private static IValue tensor(PtNDManager owner, long[] values) {
        return tensor(owner, values, new Shape(values.length));
    }

    private static IValue tensor(PtNDManager owner, long[] values, Shape shape) {
        return IValue.from((PtNDArray) owner.create(values, shape));
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
            logits.close();
        }
    }
}
