package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Arguments that a step does not have are refused, by name. */
class ArgumentNamesTest {
    @Test
    void theNamesAreThoseOfTheConstructorAndTheSetters() {
        assertEquals(Set.of("benchmark", "maxDrop", "recoverBy", "reason"), ArgumentNames.of(ToleranceArgument.class));
        assertTrue(ArgumentNames.of(CascadeSftStep.class)
                .containsAll(List.of("data", "learningRate", "name", "seed", "benchmarks", "mlflow", "onRegression")));
    }

    @Test
    void knownNamesAndPipelinesOwnKeysPass() {
        assertDoesNotThrow(() -> ArgumentNames.check(
                "cascadeSft", CascadeSftStep.class, List.of("data", "learningRate", "<anonymous>", "$class")));
    }

    @Test
    void aSlipOfTheKeyboardIsAnsweredWithWhatWasMeant() {
        assertEquals(
                "cascadeSft has no argument 'learningrates'; did you mean 'learningRate'?",
                refusal(CascadeSftStep.class, "cascadeSft", "learningrates"));
        assertEquals(
                "gate has no argument 'marign'; did you mean 'margin'?", refusal(GateArgument.class, "gate", "marign"));
    }

    @Test
    void whatIsNearNothingIsAnsweredWithAllNames() {
        assertEquals(
                "mlflow has no argument 'password'; it has credentialsId, experiment, url",
                refusal(MlflowArgument.class, "mlflow", "password"));
    }

    private static String refusal(Class<?> type, String called, String name) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> ArgumentNames.check(
                                called, type, List.of("data", name).subList(type == CascadeSftStep.class ? 0 : 1, 2)))
                .getMessage();
    }
}
