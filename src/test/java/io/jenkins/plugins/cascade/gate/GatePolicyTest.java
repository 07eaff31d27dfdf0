package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePolicyTest {

    @TempDir
    Path folder;

    @Test
    void aWholePolicyIsRead() throws IOException {
        GatePolicy policy = read(
                """
                {"alpha": 0.05, "power": 0.9, "maxLooks": 3, "candidates": 2,
                 "gates": [{"benchmark": "math", "margin": 0.02, "kind": "protect", "selfStandardError": 0.004},
                           {"benchmark": "code", "margin": 0.03, "kind": "watch"},
                           {"benchmark": "if", "kind": "target", "requiredGain": 0.01}],
                 "tolerate": [{"benchmark": "math", "maxDrop": 0.1, "recoverBy": "Math RL", "reason": "later"}]}
                """);

        assertEquals(
                new GatePolicy(
                        0.05,
                        0.9,
                        List.of(Gate.protect("math", 0.02), Gate.watch("code", 0.03), Gate.target("if", 0.01)),
                        List.of(new Tolerance("math", 0.1, "Math RL", "later")),
                        3,
                        2,
                        Map.of("math", 0.004)),
                policy);
    }

    @Test
    void theShortestPolicyHasTheUsualDefaults() throws IOException {
        assertEquals(
                GatePolicy.of(Gate.protect("math", 0.02)),
                read("{\"gates\":[{\"benchmark\":\"math\",\"margin\":0.02}]}"));
    }

    @Test
    void everyLookSpendsAnEqualPartOfAlpha() {
        Look look = GatePolicy.of(Gate.protect("math", 0.02)).withMaxLooks(3).look(2);

        assertEquals(0.05 / 3, look.alpha(), 1e-15);
        assertEquals(2.128, Normal.exceededWith(look.alpha()), 1e-3);
        assertEquals(8, look.samplesPerItem(4));
        assertTrue(look.hasNext());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"gates\":[]}                                                                     | no gates",
                "{\"gates\":[{\"benchmark\":\"b\"}]}                                                 | \"margin\"",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":2}]}                                    | a fraction",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0}]}                                    | a fraction",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1,\"kind\":\"guard\"}]}               | kind \"guard\"",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1,\"requiredGain\":0.1}]}             | no target",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1}],\"alfa\":0.1}                     | unknown field",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1}],\"alpha\":0.6}                    | alpha",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1}],\"maxLooks\":4}                   | 1, 2 or 3",
                "{\"gates\":[{\"benchmark\":\"b\",\"margin\":0.1},{\"benchmark\":\"b\",\"margin\":0.1}]} | two gates",
            })
    void aPolicyThatCannotBeMeantIsRefused(String json, String problem) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(json));

        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void aToleranceMustFitItsGate() {
        GatePolicy policy = GatePolicy.of(Gate.protect("b", 0.02), Gate.watch("w", 0.02));

        for (Tolerance tolerance : List.of(
                new Tolerance("b", 0.02, "later", "not more than the margin"),
                new Tolerance("w", 0.2, "later", "only watched"),
                new Tolerance("x", 0.2, "later", "no gate"))) {
            assertThrows(IllegalArgumentException.class, () -> policy.withTolerances(List.of(tolerance)));
        }
        assertThrows(IllegalArgumentException.class, () -> new Tolerance("b", 0.2, " ", "never due"));
        assertThrows(IllegalArgumentException.class, () -> new Tolerance("b", 0.2, "later", ""));
    }

    private GatePolicy read(String json) throws IOException {
        return GatePolicy.read(Files.writeString(folder.resolve("GATES.json"), json));
    }
}
