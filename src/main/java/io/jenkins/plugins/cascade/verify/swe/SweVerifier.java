package io.jenkins.plugins.cascade.verify.swe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.FinalAnswer;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges edits of source files: {@code {"type":"swe","files":{"a.py":"..."},"patch":"unified diff"}}, where {@code "expected"}
 * (contents by path) may stand for {@code "patch"}, and {@code "original"} with {@code "expected"} for a single file. The
 * response holds SEARCH/REPLACE blocks or a unified diff. {@code extra.case} is {@code unparseable} (score 0; the paper gives
 * -1), {@code unchanged} (0), {@code identical} (1, the only PASS) or {@code similar} (the lexical similarity of the two
 * diffs, below 1).
 */
public final class SweVerifier implements Verifier {

    private static final int MAX_RESPONSE = 500_000;

    @Override
    public String type() {
        return "swe";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void check(JsonNode spec) {
        SweTask.of(spec);
    }

    @Override
    public boolean costly() {
        return true;
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        SweTask task;
        try {
            task = SweTask.of(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        if (response.length() > MAX_RESPONSE) {
            return of("unparseable", Verdict.fail("the response is longer than " + MAX_RESPONSE + " characters"));
        }
        try {
            Map<String, String> actual = new LinkedHashMap<>(task.original());
            actual.putAll(edits(FinalAnswer.of(response), task.original()));
            return compare(task, actual);
        } catch (PatchException e) {
            return of("unparseable", Verdict.fail("the patch cannot be applied: " + e.getMessage()));
        }
    }

    private static Map<String, String> edits(String answer, Map<String, String> files) throws PatchException {
        if (SearchReplace.isIn(answer)) {
            return SearchReplace.apply(answer, files);
        } else if (UnifiedDiffs.isIn(answer)) {
            return UnifiedDiffs.apply(answer, files);
        }
        throw new PatchException("there is neither a SEARCH/REPLACE block nor a unified diff");
    }

    private static Verdict compare(SweTask task, Map<String, String> actual) {
        if (actual.equals(task.expected())) {
            return of("identical", Verdict.pass("the patch equals the reference"));
        } else if (actual.equals(task.original())) {
            return of("unchanged", Verdict.fail("the patch changes nothing"));
        }
        double similarity = LexicalSimilarity.of(task.original(), task.expected(), actual);
        double score = Math.min(similarity, Math.nextDown(1.0));
        return of("similar", Verdict.graded(score, String.format(Locale.ROOT, "lexical similarity %.3f", similarity)));
    }

    private static Verdict of(String name, Verdict verdict) {
        return verdict.with(Map.of("case", name));
    }

    @Override
    public List<Canary> canaries() {
        ObjectNode spec = JsonNodeFactory.instance
                .objectNode()
                .put("type", "swe")
                .put("original", "a = 1\nb = 2\n")
                .put("expected", "a = 1\nb = 3\n");
        String right = "<<<<<<< SEARCH\nb = 2\n=======\nb = 3\n>>>>>>> REPLACE";
        return List.of(
                new Canary("the reference edit", "", right, spec, Outcome.PASS),
                new Canary("another edit", "", right.replace('3', '4'), spec, Outcome.FAIL),
                new Canary("an edit that changes nothing", "", right.replace('3', '2'), spec, Outcome.FAIL),
                new Canary("no edit", "", "b should be 3", spec, Outcome.FAIL));
    }
}
