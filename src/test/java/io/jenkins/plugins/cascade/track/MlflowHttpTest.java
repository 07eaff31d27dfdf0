package io.jenkins.plugins.cascade.track;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a fake that misbehaves on purpose, which a real server cannot be made to do. */
class MlflowHttpTest {
    @RegisterExtension
    static final WireMockExtension FAKE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(1500),
            4,
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(1200)),
            100_000);

    private static MlflowHttp http(MlflowCredentials credentials) {
        return new MlflowHttp(MlflowAddress.parse(FAKE.baseUrl()), credentials, LIMITS);
    }

    private static MlflowHttp http() {
        return http(MlflowCredentials.none());
    }

    /** Answers one after the other; the last one for ever. */
    private static void answers(ResponseDefinitionBuilder... answers) {
        String state = Scenario.STARTED;
        for (int i = 0; i < answers.length; i++) {
            String next = i == answers.length - 1 ? state : "after " + i;
            FAKE.stubFor(any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(state)
                    .willSetStateTo(next)
                    .willReturn(answers[i]));
            state = next;
        }
    }

    private static int calls() {
        return FAKE.findAll(anyRequestedFor(anyUrl())).size();
    }

    @Test
    void waitsAsLongAsTheServerAsksAfterTwoAnswers429() throws Exception {
        answers(status(429).withHeader("Retry-After", "1"), status(429), ok("{}"));
        long before = System.nanoTime();
        assertEquals("{}", http().postIdempotent("runs/log-batch", "{}"));
        assertTrue(System.nanoTime() - before >= Duration.ofSeconds(1).toNanos());
        assertEquals(3, calls());
    }

    @Test
    void givesUpAtOnceWhenTheServerAsksForTooLong() {
        answers(status(429).withHeader("Retry-After", "120"));
        TrackingException busy = assertThrows(TrackingException.class, () -> http().get("runs/get", Map.of()));
        assertEquals(Duration.ofSeconds(120), busy.retryAfter());
        assertEquals(1, calls());
    }

    @Test
    void repeatsAnIdempotentCallAfterServerErrors() throws Exception {
        answers(status(500), status(503), status(502), ok("{}"));
        assertEquals("{}", http().postIdempotent("runs/log-batch", "{}"));
        assertEquals(4, calls());
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        answers(status(500));
        TrackingException failed =
                assertThrows(TrackingException.class, () -> http().get("runs/get", Map.of("run_id", "a b")));
        assertEquals("MLflow at " + FAKE.baseUrl() + " answered 500 to runs/get", failed.getMessage());
        assertEquals(
                4,
                FAKE.findAll(anyRequestedFor(urlEqualTo("/api/2.0/mlflow/runs/get?run_id=a+b")))
                        .size());
        assertFalse(failed.isRejection());
    }

    @Test
    void sendsWhatIsNotIdempotentOnce() {
        answers(status(500));
        assertThrows(TrackingException.class, () -> http().postOnce("runs/create", "{}"));
        assertEquals(1, calls());
    }

    @Test
    void doesNotRepeatWhatTheServerRejects() {
        answers(status(400)
                .withBody("{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"no\\u001b[31m good\"}"));
        TrackingException rejected =
                assertThrows(TrackingException.class, () -> http().postIdempotent("runs/log-batch", "{}"));
        assertEquals(
                "MLflow at " + FAKE.baseUrl()
                        + " answered 400 to runs/log-batch: INVALID_PARAMETER_VALUE, no [31m good",
                rejected.getMessage());
        assertTrue(rejected.isRejection());
        assertEquals(1, calls());
    }

    @Test
    void doesNotTakeThePageOfSomethingElseForARejection() {
        answers(status(404).withBody("<html>not here</html>"));
        TrackingException missing = assertThrows(TrackingException.class, () -> http().get("runs/get", Map.of()));
        assertFalse(missing.isRejection());
        assertFalse(missing.isNotFound());
    }

    @Test
    void doesNotWaitForAServerThatHangs() {
        answers(ok("{}").withFixedDelay(60_000));
        assertEndsInTime("no answer within");
    }

    @Test
    void doesNotWaitForABodyThatTrickles() {
        answers(ok("{}" + " ".repeat(100)).withChunkedDribbleDelay(100, 60_000));
        assertEndsInTime("no answer within");
    }

    private static void assertEndsInTime(String reason) {
        long before = System.nanoTime();
        TrackingException late = assertThrows(TrackingException.class, () -> http().postOnce("runs/create", "{}"));
        assertTrue(late.getMessage().contains(reason), late.getMessage());
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(10).toNanos());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE", "MALFORMED_RESPONSE_CHUNK"
            })
    void repeatsAnIdempotentCallOverAClosedConnection(Fault fault) throws Exception {
        answers(aResponse().withFault(fault), ok("{}"));
        assertEquals("{}", http().get("runs/get", Map.of()));
        assertEquals(2, calls());
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        MlflowHttp nobody =
                new MlflowHttp(MlflowAddress.parse("http://127.0.0.1:" + port), MlflowCredentials.none(), LIMITS);
        TrackingException refused = assertThrows(TrackingException.class, () -> nobody.get("runs/get", Map.of()));
        assertEquals(
                "MLflow at http://127.0.0.1:" + port + " does not answer (connection refused)", refused.getMessage());
    }

    @Test
    void readsNoAnswerOverTheLimit() {
        answers(ok("x".repeat(200_000)));
        TrackingException tooLong = assertThrows(TrackingException.class, () -> http().postOnce("runs/create", "{}"));
        assertTrue(tooLong.getMessage().contains("longer than 100000 bytes"), tooLong.getMessage());
    }

    @Test
    void followsNoRedirect() {
        answers(status(302).withHeader("Location", FAKE.baseUrl() + "/elsewhere"));
        TrackingException moved = assertThrows(TrackingException.class, () -> http(MlflowCredentials.bearer("s3cret"))
                .get("runs/get", Map.of()));
        assertTrue(moved.getMessage().contains("redirects to " + FAKE.baseUrl() + "/elsewhere"), moved.getMessage());
        assertEquals(1, calls());
    }

    @Test
    void sendsUserAndPasswordAsBasicAuthentication() throws Exception {
        answers(ok("{}"));
        http(MlflowCredentials.basic("ann", "pässword")).get("runs/get", Map.of());
        FAKE.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic YW5uOnDDpHNzd29yZA==")));
    }

    @Test
    void sendsATokenAsBearer() throws Exception {
        answers(ok("{}"));
        http(MlflowCredentials.bearer("t0ken\n")).postIdempotent("runs/log-batch", "{}");
        FAKE.verify(anyRequestedFor(anyUrl())
                .withHeader("Authorization", equalTo("Bearer t0ken"))
                .withHeader("Content-Type", equalTo("application/json")));
    }

    @Test
    void neverPrintsASecret() {
        answers(status(401));
        MlflowRest rest = MlflowRest.at(
                FAKE.baseUrl().replace("http://", "http://ann:s3cret@"), MlflowCredentials.none(), LIMITS);
        TrackingException refused = assertThrows(TrackingException.class, () -> rest.run("a"));
        FAKE.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic YW5uOnMzY3JldA==")));
        for (String text : List.of(
                refused.toString(),
                rest.address(),
                rest.runPage("1", "a"),
                MlflowCredentials.basic("ann", "s3cret").toString(),
                TrackingEnvironment.from(Map.of("MLFLOW_TRACKING_TOKEN", "s3cret"))
                        .toString())) {
            assertFalse(text.contains("s3cret"), text);
        }
    }
}
