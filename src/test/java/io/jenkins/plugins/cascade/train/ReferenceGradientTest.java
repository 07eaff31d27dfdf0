package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Losses and gradients against PyTorch, micro-batched and not. */
class ReferenceGradientTest {
    private static final PolicyBatch.Reference NONE = sequences -> {
        throw new AssertionError("Without a divergence nobody asks for the reference.");
    };

    private static GrpoSettings settings(double temperature, double minStd, LossSettings loss) {
        OptimizerSettings optimizer = OptimizerSettings.paper(1e-3, Schedule.CONSTANT, 0);
        SamplingSettings sampling = new SamplingSettings(temperature, 1, 0, 8);
        return new GrpoSettings(optimizer, 1, 3, 4, sampling, minStd, 0, false, 0, 8, 1).with(loss);
    }

    private static List<Rollout> rollouts(JsonNode grpo) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int p = 0; p < grpo.get("prompts").size(); p++) {
            int[] prompt = TrainReference.ints(grpo.get("prompts").get(p));
            PromptTask task = new PromptTask("", List.of(), prompt, null);
            for (JsonNode rollout : grpo.get("rollouts").get(p)) {
                rollouts.add(new Rollout(task, TrainReference.ints(rollout), "", false));
            }
        }
        return rollouts;
    }

    private static double[] rewards(JsonNode grpo) {
        List<Double> rewards = new ArrayList<>();
        for (JsonNode group : grpo.get("rewards")) {
            for (double reward : TrainReference.doubles(group)) {
                rewards.add(reward);
            }
        }
        return rewards.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void grpoGradientEqualsEquationOneInPyTorch() throws IOException {
        JsonNode expected = TrainReference.expected().get("grpo");

        PolicyBatch batch =
                PolicyBatch.of(rollouts(expected), rewards(expected), settings(1, 0, LossSettings.PAPER), NONE);

        assertEquals(expected.get("tokens").longValue(), batch.tokens());
        assertEquals(1, batch.zeroSpreadGroups());
        assertEquals(7, batch.sequences().size());
        for (int microBatch : new int[] {1, 3, 100}) {
            try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
                Updater.Accumulated sum = Updater.accumulate(model, batch.sequences(), microBatch, 1);

                assertEquals(expected.get("surrogateLoss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("parameters"), "train_grpo.bin");
            }
            try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
                Updater.Accumulated sum = Updater.accumulateShared(model, batch.sequences(), microBatch, 1);

                assertEquals(expected.get("surrogateLoss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("parameters"), "train_grpo.bin");
            }
        }
    }

    @Test
    void temperatureAggregationAndDivergenceEqualPyTorch() throws IOException {
        JsonNode grpo = TrainReference.expected().get("grpo");
        for (JsonNode variant : TrainReference.json("policy_expected.json").get("variants")) {
            LossSettings loss = new LossSettings(
                    LossAggregation.valueOf(
                            variant.get("aggregation").textValue().toUpperCase(Locale.ROOT)),
                    variant.get("divideByStd").booleanValue(),
                    variant.get("kl").doubleValue(),
                    variant.path("tanh").asBoolean());
            double temperature = variant.get("temperature").doubleValue();
            GrpoSettings settings = settings(temperature, variant.get("minStd").doubleValue(), loss);
            List<Rollout> rollouts = rollouts(grpo);

            PolicyBatch batch =
                    PolicyBatch.of(rollouts, rewards(grpo), settings, reference(rollouts, variant.get("reference")));

            for (int microBatch : new int[] {2, 100}) {
                assertVariant(variant, model -> Updater.accumulate(model, batch.sequences(), microBatch, temperature));
                assertVariant(
                        variant, model -> Updater.accumulateShared(model, batch.sequences(), microBatch, temperature));
            }
        }
    }

    private static void assertVariant(JsonNode variant, Function<CausalLM, Updater.Accumulated> gradients)
            throws IOException {
        JsonNode names = TrainReference.expected().get("grpo").get("parameters");
        try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
            Updater.Accumulated sum = gradients.apply(model);

            String name = variant.get("name").textValue();
            TrainReference.assertGradients(model, names, "policy_" + name + ".bin");
            if (variant.get("kl").doubleValue() > 0) {
                assertEquals(variant.get("divergence").doubleValue(), sum.divergence(), 1e-6, name);
                assertEquals(variant.get("entropy").doubleValue(), sum.entropy(), 1e-5, name);
            }
        }
    }

    /** PyTorch's log probabilities of another model, looked up by the sequence. */
    private static PolicyBatch.Reference reference(List<Rollout> rollouts, JsonNode rows) {
        return sequences -> {
            float[][] found = new float[sequences.size()][];
            Iterator<int[]> wanted = sequences.iterator();
            int next = 0;
            int[] sequence = wanted.next();
            for (int i = 0; i < rollouts.size() && next < found.length; i++) {
                if (java.util.Arrays.equals(rollouts.get(i).withPrompt(), sequence)) {
                    double[] row = TrainReference.doubles(rows.get(i));
                    found[next] = new float[row.length];
                    for (int t = 0; t < row.length; t++) {
                        found[next][t] = (float) row[t];
                    }
                    next++;
                    sequence = wanted.hasNext() ? wanted.next() : sequence;
                }
            }
            return found;
        };
    }

    @Test
    void logProbabilitiesAtATemperatureEqualPyTorch() throws IOException {
        JsonNode grpo = TrainReference.expected().get("grpo");
        List<int[]> sequences = rollouts(grpo).stream().map(Rollout::withPrompt).toList();
        try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
            double[] wanted = TrainReference.doubles(
                    TrainReference.json("policy_expected.json").get("logProbsAtHalf"));
            float[][] rows = model.logProbs(sequences, 0.5);

            for (int i = 0; i < rows.length; i++) {
                double sum = 0;
                for (float value : rows[i]) {
                    sum += value;
                }
                assertEquals(wanted[i], sum, 1e-4, "sequence " + i);
            }
        }
    }

    @Test
    void fineTuningGradientEqualsCrossEntropyInPyTorch() throws IOException {
        JsonNode expected = TrainReference.expected();
        List<EncodedChat> chats = new ArrayList<>();
        for (JsonNode chat : expected.get("sft").get("conversations")) {
            int[] tokens = TrainReference.ints(chat.get("tokens"));
            boolean[] assistant = new boolean[tokens.length];
            for (int i = 0; i < tokens.length; i++) {
                assistant[i] = chat.get("assistant").get(i).booleanValue();
            }
            chats.add(new EncodedChat(tokens, assistant));
        }
        for (int microBatch : new int[] {1, 2}) {
            try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
                Updater.Accumulated sum = Updater.accumulate(model, SftPhase.weighted(chats), microBatch, 1);

                assertEquals(expected.get("sft").get("loss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("grpo").get("parameters"), "train_sft.bin");
            }
        }
        for (long tokensAtOnce : new long[] {1, 1000}) {
            try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
                Updater.Accumulated sum = Updater.accumulatePacked(model, SftPhase.weighted(chats), tokensAtOnce);

                assertEquals(expected.get("sft").get("loss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("grpo").get("parameters"), "train_sft.bin");
            }
        }
    }
}
