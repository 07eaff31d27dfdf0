package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.EncodedChat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses and gradients against PyTorch, micro-batched and not. */
class ReferenceGradientTest {
    @Test
    void grpoGradientEqualsEquationOneInPyTorch() throws IOException {
        JsonNode expected = TrainReference.expected().get("grpo");
        List<Rollout> rollouts = new ArrayList<>();
        List<Double> rewards = new ArrayList<>();
        for (int p = 0; p < expected.get("prompts").size(); p++) {
            int[] prompt = TrainReference.ints(expected.get("prompts").get(p));
            PromptTask task = new PromptTask("", List.of(), prompt, null);
            for (JsonNode rollout : expected.get("rollouts").get(p)) {
                rollouts.add(new Rollout(task, TrainReference.ints(rollout), "", false));
            }
            for (double reward : TrainReference.doubles(expected.get("rewards").get(p))) {
                rewards.add(reward);
            }
        }
        double[] values = rewards.stream().mapToDouble(Double::doubleValue).toArray();

        PolicyBatch batch = PolicyBatch.of(rollouts, values, 4, 0);

        assertEquals(expected.get("tokens").longValue(), batch.tokens());
        assertEquals(1, batch.zeroSpreadGroups());
        assertEquals(7, batch.sequences().size());
        for (int microBatch : new int[] {1, 3, 100}) {
            try (CausalLM model = CausalLM.load(TrainReference.path("model"), 0)) {
                Updater.Accumulated sum = Updater.accumulate(model, batch.sequences(), microBatch);

                assertEquals(expected.get("surrogateLoss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("parameters"), "train_grpo.bin");
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
                Updater.Accumulated sum = Updater.accumulate(model, SftPhase.weighted(chats), microBatch);

                assertEquals(expected.get("sft").get("loss").doubleValue(), sum.loss(), 1e-5);
                TrainReference.assertGradients(model, expected.get("grpo").get("parameters"), "train_sft.bin");
            }
        }
    }
}
