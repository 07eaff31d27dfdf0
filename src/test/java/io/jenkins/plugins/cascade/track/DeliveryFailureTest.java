package io.jenkins.plugins.cascade.track;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against a fake that misbehaves on purpose, which a real server cannot be made to do. */
class DeliveryFailureTest {
    private static final String API = "/api/2.0/mlflow/";
    private static final String RUN = "{\"run\":{\"info\":{\"run_id\":\"r1\",\"experiment_id\":\"7\"}}}";
    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            1,
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
            100_000);

    @RegisterExtension
    static final WireMockExtension FAKE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private Path journal() {
        return folder.resolve("journal.jsonl");
    }

    private static MlflowRest server() {
        return MlflowRest.at(FAKE.baseUrl(), MlflowCredentials.none(), LIMITS);
    }

    private static void goodServer() {
        FAKE.stubFor(get(urlPathEqualTo(API + "experiments/get-by-name"))
                .willReturn(okJson("{\"experiment\":{\"experiment_id\":\"7\"}}")));
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/search")).willReturn(okJson("{}")));
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/create")).willReturn(okJson(RUN)));
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/log-batch")).willReturn(okJson("{}")));
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/update")).willReturn(okJson("{}")));
    }

    private String loggedRun() throws Exception {
        try (Journal journal = Journal.open(journal())) {
            String run = journal.startRun(RunStart.of("quickstart", "sft"));
            journal.metrics(run, 0, 5, Map.of("loss", 1.0));
            journal.endRun(run, RunStatus.FINISHED);
            return run;
        }
    }

    @Test
    void findsTheRunWhoseCreationWasNotAnswered() throws Exception {
        goodServer();
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/create"))
                .inScenario("create")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("made")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/search"))
                .inScenario("create")
                .whenScenarioStateIs("made")
                .willReturn(okJson("{\"runs\":[" + RUN.substring(7, RUN.length() - 1) + "]}")));
        loggedRun();

        assertThrows(TrackingException.class, () -> JournalSync.sync(journal(), server()));
        assertEquals(
                new JournalSync.Report(1, List.of(server().chartPage("7")), List.of()),
                JournalSync.sync(journal(), server()));
        FAKE.verify(1, postRequestedFor(urlPathEqualTo(API + "runs/create")));
        FAKE.verify(1, postRequestedFor(urlPathEqualTo(API + "runs/log-batch")));
    }

    @Test
    void movesPastNothingThatWasNotTaken() throws Exception {
        goodServer();
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/log-batch")).willReturn(status(503)));
        loggedRun();
        assertThrows(TrackingException.class, () -> JournalSync.sync(journal(), server()));
        FAKE.verify(0, postRequestedFor(urlPathEqualTo(API + "runs/update")));

        goodServer();
        assertEquals(
                new JournalSync.Report(1, List.of(server().chartPage("7")), List.of()),
                JournalSync.sync(journal(), server()));
        FAKE.verify(1, postRequestedFor(urlPathEqualTo(API + "runs/update")));
    }

    @Test
    void loggingDoesNotWaitForASlowServer() throws Exception {
        goodServer();
        FAKE.stubFor(post(urlPathEqualTo(API + "runs/log-batch")).willReturn(ok("{}").withFixedDelay(20_000)));
        MlflowTracker tracker = MlflowTracker.open(
                journal(), server(), new MlflowTracker.Patience(Duration.ofMillis(200), Duration.ofMillis(300)));
        String run = tracker.startRun(RunStart.of("quickstart", "sft").withParams(Map.of("seed", "1")));
        long[] nanos = new long[20_000];
        for (int step = 0; step < nanos.length; step++) {
            long before = System.nanoTime();
            tracker.metrics(run, step, step, Map.of("loss", 1.0, "grad_norm", 2.0));
            nanos[step] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        long most = nanos[nanos.length * 99 / 100];
        long longest = nanos[nanos.length - 1];
        assertTrue(most < Duration.ofMillis(5).toNanos(), "99 % of the calls took up to " + most + " ns");
        assertTrue(longest < Duration.ofSeconds(2).toNanos(), "a call took " + longest + " ns");

        long before = System.nanoTime();
        tracker.close();
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos());
        assertTrue(
                tracker.warnings().toString().contains("run ./cascade mlflow sync " + journal()),
                tracker.warnings().toString());
        assertEquals(20_001, Files.readAllLines(journal()).size());
    }

    @Test
    void saysThatTheCredentialsAreRefusedAndGoesOn() throws Exception {
        FAKE.stubFor(get(anyUrl()).willReturn(status(401)));
        Tracker tracker = Tracker.open(journal(), TrackingEnvironment.none().withTrackingUri(FAKE.baseUrl()));
        String run = tracker.startRun(RunStart.of("quickstart", "sft"));
        tracker.endRun(run, RunStatus.FINISHED);
        tracker.close();
        assertTrue(
                tracker.warnings()
                        .get(0)
                        .startsWith("MLflow at " + FAKE.baseUrl() + " answered 401 to experiments/get-by-name"),
                tracker.warnings().toString());
        assertEquals(2, Files.readAllLines(journal()).size());
    }

    @Test
    void saysOnAControllerThatTheJournalMustBeCopiedFromThere() throws Exception {
        FAKE.stubFor(get(anyUrl()).willReturn(status(401)));
        Tracker tracker = Tracker.reopen(journal(), TrackingEnvironment.none().withTrackingUri(FAKE.baseUrl()));
        tracker.endRun(tracker.startRun(RunStart.of("quickstart", "sft")), RunStatus.FINISHED);
        tracker.close();
        assertTrue(
                tracker.warnings()
                        .get(0)
                        .endsWith(
                                "; everything is kept in " + journal()
                                        + ": copy journal.jsonl from the controller to where"
                                        + " Cascade is checked out and run ./cascade mlflow sync with the copy when it answers."),
                tracker.warnings().toString());
    }

    @Test
    void saysThatSomethingElseAnswers() throws Exception {
        FAKE.stubFor(get(anyUrl()).willReturn(ok("<html>Welcome</html>")));
        loggedRun();
        TrackingException other = assertThrows(TrackingException.class, () -> JournalSync.sync(journal(), server()));
        assertTrue(
                other.getMessage().startsWith("What answers at " + FAKE.baseUrl() + " does not speak MLflow's API"),
                other.getMessage());
    }

    @Test
    void keepsToTheJournalWhenTheTrackingUriIsNoServer() throws Exception {
        Tracker tracker = Tracker.open(journal(), TrackingEnvironment.none().withTrackingUri("file:///tmp/mlruns"));
        tracker.endRun(tracker.startRun(RunStart.of("quickstart", "sft")), RunStatus.FINISHED);
        tracker.close();
        assertEquals(
                List.of("MLFLOW_TRACKING_URI must be the http or https address of an MLflow server, but it is of the"
                        + " kind \"file\". Everything is kept in " + journal() + " instead."),
                tracker.warnings());
    }
}
