package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GroupAdvantageTest {
    @Test
    void equalsPyTorchWithMaskedRewardsFlooredDeviationAndNoSpread() throws IOException {
        JsonNode groups = TrainReference.expected().get("groups");
        assertEquals(6, groups.size());
        for (JsonNode group : groups) {
            double[] rewards = TrainReference.doubles(group.get("rewards"));

            double[] advantages = GroupAdvantage.of(rewards, group.get("minStd").doubleValue(), true);

            assertArrayEquals(TrainReference.doubles(group.get("advantages")), advantages, 1e-12, group.toString());
        }
    }

    @Test
    void rewardsThatDifferOnlyByRoundingOfTheMeanHaveNoSpread() {
        double[] rewards = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};

        assertEquals(0, GroupAdvantage.std(rewards));
        assertArrayEquals(new double[7], GroupAdvantage.of(rewards, 0, true));
    }
}
