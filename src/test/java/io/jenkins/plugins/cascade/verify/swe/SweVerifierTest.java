package io.jenkins.plugins.cascade.verify.swe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweVerifierTest {

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

    private Verdict verify(String response) {
        ObjectNode spec =
                JsonNodeFactory.instance.objectNode().put("type", "swe").put("path", "f.py");
        return verifier.verify("", response, spec.put("original", FILE).put("expected", FIXED));
    }

    private static String edit(String search, String replace) {
        return "<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";
    }
}
