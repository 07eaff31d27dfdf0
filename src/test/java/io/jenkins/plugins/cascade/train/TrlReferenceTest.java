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
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and gradients against TRL's own trainers, as {@code bench/reference/trl_reference.py} wrote them. */
class TrlReferenceTest {
    private static Path model(String family) {
        try {
            return Path.of(CausalLM.class.getResource(family).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void thePolicyUpdateEqualsGrpoTrainer(String family) throws IOException {
        JsonNode expected = TrainReference.json("trl_expected.json");
        JsonNode trl = expected.get("families").get(family);
        List<Rollout> rollouts = rollouts(expected);
        assertEquals(2, trl.get("grpo").size());
        for (JsonNode variant : trl.get("grpo")) {
            GrpoSettings settings = settings(variant);
            double temperature = settings.sampling().temperature();
            PolicyBatch batch = PolicyBatch.of(
                    rollouts, rewards(expected), settings, sequences -> floats(variant.get("reference")));
            String file = "trl_" + family + "_" + variant.get("name").textValue() + ".bin";

            assertGradients(family, trl, file, model -> Updater.accumulate(model, batch.sequences(), 3, temperature));
            assertGradients(
                    family, trl, file, model -> Updater.accumulateShared(model, batch.sequences(), 100, temperature));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void fineTuningEqualsSftTrainer(String family) throws IOException {
        JsonNode trl = TrainReference.json("trl_expected.json").get("families").get(family);
        List<EncodedChat> chats = new ArrayList<>();
        for (JsonNode chat : trl.get("sft").get("conversations")) {
            boolean[] assistant = new boolean[chat.get("assistant").size()];
            for (int i = 0; i < assistant.length; i++) {
                assistant[i] = chat.get("assistant").get(i).booleanValue();
            }
            chats.add(new EncodedChat(TrainReference.ints(chat.get("tokens")), assistant));
        }
        String file = "trl_" + family + "_sft.bin";
        double loss = trl.get("sft").get("loss").doubleValue();

        Updater.Accumulated padded =
                assertGradients(family, trl, file, model -> Updater.accumulate(model, SftPhase.weighted(chats), 2, 1));
        Updater.Accumulated packed = assertGradients(
                family, trl, file, model -> Updater.accumulatePacked(model, SftPhase.weighted(chats), 1000));

        assertEquals(loss, padded.loss(), 1e-5 * loss);
        assertEquals(loss, packed.loss(), 1e-5 * loss);
    }

    private static Updater.Accumulated assertGradients(
            String family, JsonNode trl, String file, Function<CausalLM, Updater.Accumulated> gradients)
            throws IOException {
        try (CausalLM model = CausalLM.load(model(family), 0)) {
            Updater.Accumulated sum = gradients.apply(model);
            TrainReference.assertGradients(model, trl.get("parameters"), file);
            return sum;
        }
    }

    private static GrpoSettings settings(JsonNode variant) {
        LossAggregation aggregation =
                LossAggregation.valueOf(variant.get("aggregation").textValue().toUpperCase(Locale.ROOT));
        double temperature = variant.get("temperature").doubleValue();
        return new GrpoSettings(
                        OptimizerSettings.paper(1e-3, Schedule.CONSTANT, 0),
                        1,
                        3,
                        4,
                        new SamplingSettings(temperature, 1, 0, 8),
                        0,
                        0,
                        false,
                        0,
                        8,
                        1)
                .with(new LossSettings(aggregation, true, variant.get("kl").doubleValue()));
    }

    private static List<Rollout> rollouts(JsonNode expected) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < expected.get("prompts").size(); i++) {
            PromptTask task = new PromptTask(
                    "", List.of(), TrainReference.ints(expected.get("prompts").get(i)), null);
            for (JsonNode rollout : expected.get("rollouts").get(i)) {
                rollouts.add(new Rollout(task, TrainReference.ints(rollout), "", false));
            }
        }
        return rollouts;
    }

    private static double[] rewards(JsonNode expected) {
        List<Double> rewards = new ArrayList<>();
        for (JsonNode group : expected.get("rewards")) {
            for (double reward : TrainReference.doubles(group)) {
                rewards.add(reward);
            }
        }
        return rewards.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static float[][] floats(JsonNode rows) {
        float[][] floats = new float[rows.size()][];
        for (int i = 0; i < floats.length; i++) {
            double[] row = TrainReference.doubles(rows.get(i));
            floats[i] = new float[row.length];
            for (int t = 0; t < row.length; t++) {
                floats[i][t] = (float) row[t];
            }
        }
        return floats;
    }
}
