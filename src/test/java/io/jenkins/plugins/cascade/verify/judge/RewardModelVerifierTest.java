package io.jenkins.plugins.cascade.verify.judge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a fake server, which answers what it is told to. */
class RewardModelVerifierTest {

    @RegisterExtension
    static final WireMockExtension FAKE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static RewardModelVerifier verifier() {
        return verifier(Duration.ofSeconds(20));
    }

    private static RewardModelVerifier verifier(Duration timeout) {
        HttpSettings settings = new HttpSettings(
                Duration.ofSeconds(20),
                timeout,
                2,
                Duration.ofMillis(4),
                Duration.ofMillis(50),
                2_000,
                9,
                Duration.ofSeconds(1));
        return new RewardModelVerifier(new Endpoint(URI.create(FAKE.baseUrl() + "/score"), "key", ""), settings);
    }

    private static ObjectNode spec() {
        return JsonNodeFactory.instance.objectNode().put("type", "reward-model");
    }

    private static void scores(String response, double score) {
        FAKE.stubFor(post(urlEqualTo("/score"))
                .withRequestBody(containing("\"response\":\"" + response + "\""))
                .willReturn(okJson("{\"score\":" + score + "}")));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5, PASS", "1.5, 0.8175744761936437, PASS", "-2, 0.11920292202211755, FAIL", "-900, 0, FAIL"})
    void mapsTheLogitIntoZeroToOne(double logit, double score, Outcome outcome) {
        scores("good", logit);
        Verdict verdict = verifier().verify("", "good", spec());
        assertEquals(outcome, verdict.outcome());
        assertEquals(score, verdict.score(), 1e-15);
    }

    @Test
    void givesTheLogitItselfWhereItIsAskedFor() {
        scores("good", -7.25);
        assertEquals(
                -7.25, verifier().verify("", "good", spec().put("scale", "raw")).score());
    }

    @Test
    void comparesWithAReference() {
        scores("good", -1);
        scores("better", -0.5);
        assertEquals(
                Outcome.FAIL,
                verifier().verify("", "good", spec().put("reference", "better")).outcome());
        assertEquals(
                Outcome.PASS,
                verifier().verify("", "better", spec().put("reference", "good")).outcome());
        assertEquals(
                Outcome.FAIL,
                verifier().verify("", "good", spec().put("reference", "good")).outcome());
    }

    @Test
    void sendsThePromptAndTheAnswerBehindTheThoughts() {
        FAKE.stubFor(post(anyUrl()).willReturn(okJson("{\"score\":1}")));
        verifier().verify("Why?", "<think>hm</think>\nBecause.", spec());
        verifier().verify("Why?", "<think>endless", spec());
        FAKE.verify(postRequestedFor(urlEqualTo("/score"))
                .withHeader("Authorization", equalTo("Bearer key"))
                .withRequestBody(equalToJson("{\"prompt\":\"Why?\",\"response\":\"Because.\"}")));
        FAKE.verify(postRequestedFor(urlEqualTo("/score"))
                .withRequestBody(equalToJson("{\"prompt\":\"Why?\",\"response\":\"<think>endless\"}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"score\":\"1\"}", "{\"score\":null}", "{\"score\":1e999}", "[1]", "1", "{\"score\":NaN}"
            })
    void isAnErrorWithoutANumber(String body) {
        FAKE.stubFor(post(anyUrl()).willReturn(okJson(body)));
        Verdict verdict = verifier().verify("", "good", spec());
        assertEquals(Outcome.ERROR, verdict.outcome(), verdict::detail);
        assertTrue(Double.isNaN(verdict.score()));
    }

    @Test
    void isNeverZeroWhenTheModelFails() {
        FAKE.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500)));
        assertEquals(Outcome.ERROR, verifier().verify("", "good", spec()).outcome());
        FAKE.stubFor(post(anyUrl()).willReturn(okJson("{\"score\":1}").withFixedDelay(5_000)));
        RewardModelVerifier hasty = verifier(Duration.ofMillis(300));
        assertEquals(Outcome.TIMEOUT, hasty.verify("", "good", spec()).outcome());
    }

    @Test
    void refusesSpecificationsThatCannotBeUsed() {
        for (ObjectNode spec : List.of(
                spec().put("scale", "percent"), spec().put("url", "http://evil.example"), spec().put("reference", 1))) {
            assertThrows(InvalidVerifierException.class, () -> verifier().check(spec), spec::toString);
        }
        RewardModelVerifier none = RewardModelVerifier.from(Map.of());
        assertThrows(InvalidVerifierException.class, () -> none.check(spec()));
        assertEquals(Outcome.ERROR, none.verify("", "good", spec()).outcome());
    }

    @Test
    void knowsItsOwnKnownAnswersWithAModelThatPrefersTheGoodOne() {
        FAKE.stubFor(post(anyUrl()).willReturn(okJson("{\"score\":-3}")));
        FAKE.stubFor(post(anyUrl()).withRequestBody(containing("boiling water")).willReturn(okJson("{\"score\":-1}")));
        try (Verifiers verifiers = Verifiers.with(List.of(verifier()))) {
            verifiers.runCanaries(List.of("reward-model"));
        }
    }
}
