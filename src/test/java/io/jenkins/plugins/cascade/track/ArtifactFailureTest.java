package io.jenkins.plugins.cascade.track;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against a fake that misbehaves on purpose, which a real server cannot be made to do. */
class ArtifactFailureTest {
    private static final String PLACE = "/api/2.0/mlflow-artifacts/artifacts/7/r1/artifacts/model.bin";
    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(1500),
            3,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
            100_000);

    @RegisterExtension
    static final WireMockExtension FAKE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private static RunArtifacts artifacts() {
        MlflowHttp http = new MlflowHttp(MlflowAddress.parse(FAKE.baseUrl()), MlflowCredentials.none(), LIMITS);
        return new RunArtifacts(http, Duration.ofMillis(400));
    }

    private static void run(String artifactUri) {
        FAKE.stubFor(get(urlPathEqualTo("/api/2.0/mlflow/runs/get"))
                .willReturn(
                        okJson("{\"run\":{\"info\":{\"run_id\":\"r1\",\"artifact_uri\":\"" + artifactUri + "\"}}}")));
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("model.bin"), "weights");
    }

    private static void answersToPut(ResponseDefinitionBuilder first) {
        run("mlflow-artifacts:/7/r1/artifacts");
        FAKE.stubFor(put(urlPathEqualTo(PLACE))
                .inScenario("put")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well")
                .willReturn(first));
        FAKE.stubFor(put(urlPathEqualTo(PLACE))
                .inScenario("put")
                .whenScenarioStateIs("well")
                .willReturn(okJson("{}")));
        FAKE.stubFor(get(urlPathEqualTo(PLACE)).willReturn(ok("weights")));
    }

    private void assertSentTwice() throws IOException {
        assertEquals(7, artifacts().uploadFile("r1", file(), "model.bin").bytes());
        FAKE.verify(2, putRequestedFor(urlPathEqualTo(PLACE)));
    }

    @Test
    void sendsAFileAgainAfterABusyServer() throws Exception {
        answersToPut(status(429));
        assertSentTwice();
    }

    @Test
    void sendsAFileAgainAfterAServerError() throws Exception {
        answersToPut(status(500));
        assertSentTwice();
    }

    @Test
    void sendsAFileAgainAfterAClosedConnection() throws Exception {
        answersToPut(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertSentTwice();
    }

    @Test
    void sendsAFileAgainAfterAServerThatHangs() throws Exception {
        answersToPut(okJson("{}").withFixedDelay(30_000));
        assertSentTwice();
    }

    @Test
    void aDownloadThatMovesMayTakeLongerThanTheStall() throws Exception {
        answersToPut(okJson("{}"));
        FAKE.stubFor(
                get(urlPathEqualTo(PLACE)).willReturn(ok("weights".repeat(20)).withChunkedDribbleDelay(12, 1500)));
        assertEquals(
                140,
                artifacts()
                        .downloadFile("r1", "model.bin", folder.resolve("back"), null, 1000)
                        .bytes());
    }

    @Test
    void saysThatNothingMoves() throws Exception {
        run("mlflow-artifacts:/7/r1/artifacts");
        FAKE.stubFor(any(urlPathEqualTo(PLACE)).willReturn(okJson("{}").withFixedDelay(30_000)));
        long before = System.nanoTime();
        TrackingException hangs =
                assertThrows(TrackingException.class, () -> artifacts().uploadFile("r1", file(), "model.bin"));
        assertEquals("MLflow at " + FAKE.baseUrl() + " does not answer (nothing moved for 0 s)", hangs.getMessage());
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(20).toNanos());
    }

    @Test
    void saysThatTheServerKeepsSomethingElse() throws Exception {
        answersToPut(okJson("{}"));
        FAKE.stubFor(get(urlPathEqualTo(PLACE)).willReturn(ok("w3ights")));
        TrackingException other =
                assertThrows(TrackingException.class, () -> artifacts().uploadFile("r1", file(), "model.bin"));
        assertTrue(other.getMessage().contains("keeps another \"model.bin\" than was sent"), other.getMessage());
    }

    @Test
    void aDownloadThatIsCutLeavesNothing() throws Exception {
        run("mlflow-artifacts:/7/r1/artifacts");
        FAKE.stubFor(get(urlPathEqualTo(PLACE)).willReturn(ok("weights").withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        assertThrows(TrackingException.class, () -> artifacts()
                .downloadFile("r1", "model.bin", folder.resolve("back"), null, 1000));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void artifactsThatTheServerDoesNotPassOnAreSaid() throws Exception {
        for (String elsewhere : new String[] {
            "s3://bucket/7/r1/artifacts", "/mnt/mlruns/7/r1/artifacts", "mlflow-artifacts://other.example/7/r1"
        }) {
            run(elsewhere);
            TrackingException refused =
                    assertThrows(TrackingException.class, () -> artifacts().uploadFile("r1", file(), "model.bin"));
            assertTrue(
                    refused.getMessage().contains("keeps the artifacts of run r1 at " + elsewhere),
                    refused.getMessage());
        }
        FAKE.verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void aFileThatIsNotThereIsNoFaultOfTheServer() {
        run("mlflow-artifacts:/7/r1/artifacts");
        IOException missing = assertThrows(
                IOException.class, () -> artifacts().uploadFile("r1", folder.resolve("missing"), "model.bin"));
        assertFalse(missing instanceof TrackingException, missing.toString());
    }
}
