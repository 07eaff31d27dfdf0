package io.jenkins.plugins.cascade.verify.swe;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
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
import io.jenkins.plugins.cascade.verify.judge.Endpoint;
import io.jenkins.plugins.cascade.verify.judge.HttpSettings;
import io.jenkins.plugins.cascade.verify.judge.Judge;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweVerifierTest {

    @RegisterExtension
    static final WireMockExtension FAKE = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final String FILE = "def f(x):\n    if x > 0:\n        return x\n    return 0\n\n\nprint(f(1))\n";
    private static final String FIXED = FILE.replace("x > 0", "x >= 0");
    private final SweVerifier verifier = new SweVerifier();

    @Test
    void passesTheReferenceEditInEitherForm() {
        assertCase("identical", 1, edit("    if x > 0:", "    if x >= 0:"));
        assertCase(
                "identical",
                1,
                "```diff\n--- a/f.py\n+++ b/f.py\n@@ -1,3 +1,3 @@\n def f(x):\n-    if x > 0:\n+    if x >= 0:\n         return x\n```");
        assertCase("identical", 1, "<think>hm</think>### f.py\n" + edit("    if x > 0:", "    if x >= 0:"));
    }

    @Test
    void carriageReturnsOfAResponseAreNoPartOfTheEdit() {
        assertCase("identical", 1, edit("    if x > 0:", "    if x >= 0:").replace("\n", "\r\n"));
    }

    @Test
    void findsAHunkWhoseLineNumbersAreWrong() {
        assertCase(
                "identical",
                1,
                "--- f.py\n+++ f.py\n@@ -3,3 +3,3 @@\n def f(x):\n-    if x > 0:\n+    if x >= 0:\n         return x\n");
    }

    @Test
    void gradesAnotherEditBySimilarity() {
        Verdict near = verify(edit("    if x > 0:", "    if x >= 0.0:"));
        Verdict far = verify(edit("print(f(1))", "raise SystemExit"));
        assertEquals("similar", near.extra().get("case"));
        assertEquals(Outcome.FAIL, near.outcome());
        assertTrue(near.score() > far.score() && near.score() < 1 && far.score() > 0, near.score() + " " + far.score());
    }

    @Test
    void givesNothingForAnEditThatChangesNothing() {
        assertCase("unchanged", 0, edit("    return 0", "    return 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I would change the comparison.",
                "<<<<<<< SEARCH\n    if x > 0:\n=======\n    if x >= 0:\n",
                "<<<<<<< SEARCH\n    if y > 0:\n=======\n    if x >= 0:\n>>>>>>> REPLACE",
                "<<<<<<< SEARCH\n\n=======\nx\n>>>>>>> REPLACE",
                "--- a/other.py\n+++ b/other.py\n@@ -1,1 +1,1 @@\n-a\n+b\n",
                "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,2 @@\n def g(x):\n-    if x > 0:\n+    if x >= 0:\n",
                "### other.py\n<<<<<<< SEARCH\n    if x > 0:\n=======\n    if x >= 0:\n>>>>>>> REPLACE",
                "### ../../f.py\n<<<<<<< SEARCH\n    if x > 0:\n=======\n    if x >= 0:\n>>>>>>> REPLACE",
                "@@ -99999999999,1 +1,1 @@\n-a\n+b\n",
                "<think>\n<<<<<<< SEARCH\n    if x > 0:\n=======\n    if x >= 0:\n>>>>>>> REPLACE"
            })
    void callsAPatchThatCannotBeAppliedUnparseable(String response) {
        assertCase("unparseable", 0, response);
    }

    @Test
    void takesAReferencePatchForTheExpectedFiles() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "swe");
        spec.putObject("files").put("a.txt", "one\ntwo\n").put("b.txt", "three\n");
        spec.put("patch", "--- a/b.txt\n+++ b/b.txt\n@@ -1,1 +1,1 @@\n-three\n+four\n");
        String response = "b.txt\n<<<<<<< SEARCH\nthree\n=======\nfour\n>>>>>>> REPLACE";
        assertEquals(Outcome.PASS, verifier.verify("", response, spec).outcome());
        spec.put("patch", "--- a/b.txt\n+++ b/b.txt\n@@ -1,1 +1,1 @@\n-five\n+four\n");
        assertThrows(InvalidVerifierException.class, () -> verifier.check(spec));
    }

    private void assertCase(String name, double score, String response) {
        Verdict verdict = verify(response);
        assertEquals(name, verdict.extra().get("case"), verdict::detail);
        assertEquals(score, verdict.score());
    }

    @ParameterizedTest
    @CsvSource({"YES, 1, PASS", "NO, 0, FAIL"})
    void asksAJudgeAboutAnotherEdit(String answer, double score, Outcome outcome) {
        FAKE.stubFor(
                post(anyUrl()).willReturn(okJson("{\"choices\":[{\"message\":{\"content\":\"" + answer + "\"}}]}")));
        Verdict verdict = judged(edit("    if x > 0:", "    if not x < 0:"));
        assertEquals("similar", verdict.extra().get("case"));
        assertEquals(outcome, verdict.outcome(), verdict::detail);
        assertEquals(score, verdict.score());
        FAKE.verify(postRequestedFor(anyUrl())
                .withRequestBody(containing("+    if not x < 0:"))
                .withRequestBody(containing("+    if x >= 0:"))
                .withRequestBody(containing("f(0) fails")));
    }

    @Test
    void givesThePapersScoresWithoutAskingWhereTheCaseIsClear() {
        assertEquals(1, judged(edit("    if x > 0:", "    if x >= 0:")).score());
        assertEquals(0, judged(edit("    return 0", "    return 0")).score());
        Verdict unparseable = judged("no edit");
        assertEquals(-1, unparseable.score());
        assertEquals(Outcome.FAIL, unparseable.outcome());
        FAKE.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void isAnErrorWhenTheJudgeFails() {
        FAKE.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401)));
        assertEquals(
                Outcome.ERROR,
                judged(edit("    if x > 0:", "    if not x < 0:")).outcome());
    }

    @Test
    void refusesASpecificationThatAsksForAJudgeWhereThereIsNone() {
        assertThrows(InvalidVerifierException.class, () -> verifier.check(judgedSpec()));
        assertThrows(
                InvalidVerifierException.class,
                () -> verifier.check(judgedSpec().put("judge", "http://evil.example")));
    }

    private static ObjectNode judgedSpec() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "swe")
                .put("path", "f.py")
                .put("judge", true)
                .put("problem", "f(0) fails")
                .put("original", FILE)
                .put("expected", FIXED);
    }

    private static Verdict judged(String response) {
        Judge judge = new Judge(new Endpoint(URI.create(FAKE.baseUrl()), "", ""), HttpSettings.STANDARD);
        return new SweVerifier(Optional.of(judge)).verify("", response, judgedSpec());
    }

    private Verdict verify(String response) {
        ObjectNode spec =
                JsonNodeFactory.instance.objectNode().put("type", "swe").put("path", "f.py");
        return verifier.verify("", response, spec.put("original", FILE).put("expected", FIXED));
    }

    private static String edit(String search, String replace) {
        return "<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";
    }
}
