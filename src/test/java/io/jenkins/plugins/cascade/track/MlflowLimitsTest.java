package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlflowLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "train/loss, train/loss",
        "pass@1, pass_at_1",
        "reward (mean), reward _mean_",
        "größe, gr__e",
        "/etc//passwd/, etc/passwd",
        "../../x, _/_/x",
        "a/./b, a/_/b",
        "a/.b/..c, a/.b/..c",
        "'', _",
        "/, _"
    })
    void makesNamesThatMlflowAllows(String name, String allowed) {
        assertEquals(allowed, MlflowLimits.name(name));
    }

    @Test
    void cutsNamesAt250Characters() {
        assertEquals(250, MlflowLimits.name("x".repeat(300)).length());
        assertEquals("x".repeat(249) + "_", MlflowLimits.name("x".repeat(249) + "/y"));
    }

    @Test
    void neverCutsAPairOfSurrogates() {
        String cut = MlflowLimits.param("\uD83D\uDE00".repeat(4000));
        assertTrue(cut.length() <= 6000);
        assertEquals(
                cut.length(),
                new String(
                                cut.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .length());
        assertTrue(cut.startsWith("\uD83D\uDE00"));
        assertTrue(cut.endsWith("\uDE00 ... [cut, 8000 characters]"));
    }
}
