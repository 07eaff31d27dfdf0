package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingEnvironmentTest {

    @Test
    void readsWhatMlflowsOwnClientsRead() {
        TrackingEnvironment environment = TrackingEnvironment.from(Map.of(
                "MLFLOW_TRACKING_URI", " http://mlflow:5000 ",
                "MLFLOW_EXPERIMENT_NAME", "nightly",
                "MLFLOW_RUN_NAME", "",
                "MLFLOW_TRACKING_USERNAME", "ann",
                "MLFLOW_TRACKING_PASSWORD", "s3cret",
                "MLFLOW_TRACKING_TOKEN", "t0ken"));
        assertEquals(Optional.of("http://mlflow:5000"), environment.trackingUri());
        assertEquals(Optional.of("nightly"), environment.experimentName());
        assertEquals(Optional.empty(), environment.runName());
        assertEquals(Optional.empty(), environment.runId());
        assertEquals(
                Optional.of("Basic YW5uOnMzY3JldA=="), environment.credentials().authorization());
    }

    @Test
    void usesATokenWhereUserOrPasswordIsMissing() {
        MlflowCredentials credentials =
                MlflowCredentials.from(Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_TOKEN", "t0ken"));
        assertEquals(Optional.of("Bearer t0ken"), credentials.authorization());
        assertEquals(Optional.empty(), TrackingEnvironment.none().credentials().authorization());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5000/, http://localhost:5000",
        "HTTPS://example.org/mlflow//, https://example.org/mlflow",
        "https://ann:s3cret@example.org, https://example.org"
    })
    void takesAnAddressWithoutUserAndFinalSlash(String uri, String address) {
        assertEquals(address, MlflowAddress.parse(uri).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "databricks, has no http://",
        "sqlite:///mlflow.db, is of the kind",
        "http://ann:s3cret@mlflow_server:5000, no underscore",
        "http://ann:s3 cret@host, is not a valid address"
    })
    void refusesWhatIsNoAddressOfAServerWithoutRepeatingIt(String uri, String reason) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> MlflowAddress.parse(uri));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertFalse(refused.getMessage().contains("s3"), refused.getMessage());
    }
}
