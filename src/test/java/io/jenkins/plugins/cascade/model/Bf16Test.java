package io.jenkins.plugins.cascade.model;

import static io.jenkins.plugins.cascade.model.Reference.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Computing in bfloat16 over float32 weights. What bench/reference/model_bf16_reference.py measured between transformers' own bfloat16 and its
 *float32 is the bound.
 */
class Bf16Test {
    private static final Compute BF16 = Compute.of("cpu", "bf16");
    private static final List<String> FAMILIES = List.of("llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn");
    /** Of the mean logarithm of the ratio. */
    private static final double MOST = Math.log(1.1);

    /** Rounding is random and each family is one draw of it on either side: alone a family may be up to twice as far, together they may not. */
    @Test
    void lossGradientsAndScoresAreAsNearToFloat32AsTransformersOwn() {
        double logProbs = 0;
        double gradients = 0;
        double scores = 0;
        for (String family : FAMILIES) {
            Reference reference = new Reference(family);
            JsonNode bound = JsonFile.read(reference.folder().resolve("bf16.json"));
            try (CausalLM model = CausalLM.load(reference.folder(), 0, BF16);
                    RewardModel reward = RewardModel.load(reference.folder().resolve("reward"), BF16)) {
                logProbs += logOfRatio(logProbError(model, reference), bound.path("logProbs"), family);
                gradients += logOfRatio(gradientError(model, reference), bound.path("allGradients"), family);
                float[] wanted =
                        Reference.floats(reference.expected().path("reward").path("scores"));
                double score = relativeError(wanted, reward.scores(reference.sequences()));
                scores += logOfRatio(score, bound.path("scores"), family);
            }
        }
        assertTrue(logProbs / FAMILIES.size() < MOST, "log probabilities: " + logProbs);
        assertTrue(gradients / FAMILIES.size() < MOST, "gradients: " + gradients);
        assertTrue(scores / FAMILIES.size() < MOST, "scores: " + scores);
    }

    private static double logOfRatio(double error, JsonNode bound, String family) {
        assertTrue(error > 0, "nothing was rounded");
        assertTrue(error < 2 * bound.asDouble(), family + ": " + error + " and transformers' own is " + bound);
        return Math.log(error / bound.asDouble());
    }

    private static double logProbError(CausalLM model, Reference reference) {
        List<float[]> wanted = new ArrayList<>();
        for (JsonNode row : reference.expected().path("logProbs")) {
            wanted.add(Reference.floats(row));
        }
        return relativeError(joined(wanted), joined(Arrays.asList(model.logProbs(reference.sequences()))));
    }

    private static double gradientError(CausalLM model, Reference reference) {
        double loss = reference.expected().path("loss").asDouble();
        assertEquals(loss, model.accumulate(reference.weighted()).loss(), 0.01 * Math.abs(loss));
        Map<String, float[]> exact = reference.tensors("gradients.safetensors");
        List<float[]> wanted = model.parameters().stream()
                .map(parameter -> exact.get(parameter.name()))
                .toList();
        return relativeError(joined(wanted), joined(gradients(model)));
    }

    @Test
    void whatIsGeneratedHasTheLogProbabilitiesThatItIsTrainedOn() {
        Reference reference = new Reference("qwen3");
        try (CausalLM model = CausalLM.load(reference.folder(), 0, BF16)) {
            List<GenerationRequest> requests = reference.sequences().stream()
                    .map(prompt -> new GenerationRequest(prompt, 3, 5))
                    .toList();
            for (Completion completion : model.generate(requests, new Sampling(1, 1, 0, 70, Set.of(), 8))) {
                int[] prompt = reference.sequences().get(completion.request());
                int[] all = Arrays.copyOf(prompt, prompt.length + completion.tokens().length);
                System.arraycopy(completion.tokens(), 0, all, prompt.length, completion.tokens().length);
                float[] after = model.logProbs(List.of(all))[0];
                float[] trained = Arrays.copyOfRange(after, prompt.length, after.length);
                assertTrue(relativeError(trained, completion.logProbs()) < 0.02);
            }
        }
    }

    @Test
    void packedAndSharedBatchesGiveTheSameGradientsUpToRounding() {
        Reference reference = new Reference("qwen2");
        List<WeightedSequence> sequences = reference.weighted().stream()
                .filter(sequence -> sequence.firstCounted() < sequence.tokens().length)
                .toList();
        try (CausalLM padded = CausalLM.load(reference.folder(), 0, BF16);
                CausalLM packed = CausalLM.load(reference.folder(), 0, BF16);
                CausalLM shared = CausalLM.load(reference.folder(), 0, BF16)) {
            padded.accumulate(sequences);
            packed.accumulatePacked(sequences);
            shared.accumulateShared(sequences, 1);
            float[] wanted = joined(gradients(padded));
            assertTrue(relativeError(wanted, joined(gradients(packed))) < 0.05);
            assertTrue(relativeError(wanted, joined(gradients(shared))) < 0.05);
        }
    }

    /** In bfloat16 weights a change of a thousandth of a step is lost; in the float32 ones a hundred of them add up. */
    @Test
    void updatesSmallerThanBfloat16sStepsAreKept() {
        Reference reference = new Reference("qwen2");
        try (CausalLM model = CausalLM.load(reference.folder(), 0, BF16);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0, 1)) {
            Parameter weight = model.parameters().get(2);
            float[] before = weight.toArray();
            for (int step = 0; step < 2; step++) {
                model.accumulate(reference.weighted());
                optimizer.step(1e-6);
            }
            float[] after = weight.toArray();
            int moved = 0;
            for (int i = 0; i < before.length; i++) {
                moved += before[i] == after[i] ? 0 : 1;
                assertEquals(before[i], after[i], 1e-5);
            }
            assertTrue(moved > before.length * 9 / 10, moved + " of " + before.length + " weights moved");
        }
    }

    @Test
    void theWordsOfDevicesAndPrecisionsAreChecked() {
        assertEquals(Compute.CPU, Compute.of("cpu", "fp32"));
        assertEquals(new Compute(Device.gpu(0), ElementType.BF16), Compute.of("cuda", "bf16"));
        assertEquals(Device.gpu(3), Compute.of("cuda:3", "fp32").device());
        assertThrows(ModelException.class, () -> Compute.of("tpu", "fp32"));
        assertThrows(ModelException.class, () -> Compute.of("cpu", "fp16"));
        assertThrows(ModelException.class, () -> Compute.of("cpu", "int8"));
    }

    private static List<float[]> gradients(CausalLM model) {
        return model.parameters().stream().map(Parameter::gradient).toList();
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Test
    void greedyAnswersInBfloat16BeginAsInFloat32() {
        Reference reference = new Reference("llama");
        List<GenerationRequest> requests = reference.sequences().stream()
                .map(prompt -> new GenerationRequest(prompt, 1, 0))
                .toList();
        try (CausalLM model = CausalLM.load(reference.folder(), 0, BF16)) {
            int same = 0;
            List<Completion> completions = model.generate(requests, Sampling.greedy(24, Set.of(1)));
            for (int i = 0; i < completions.size(); i++) {
                int[] exact = Reference.ints(reference.expected().path("greedy").path(i));
                same += exact[0] == completions.get(i).tokens()[0] ? 1 : 0;
            }
            assertArrayEquals(new int[] {5}, new int[] {same});
        }
    }
}
