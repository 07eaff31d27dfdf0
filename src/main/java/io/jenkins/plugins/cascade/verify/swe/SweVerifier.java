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
import io.jenkins.plugins.cascade.verify.judge.Judge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges edits of source files: {@code {"type":"swe","files":{"a.py":"..."},"patch":"unified diff"}}, where {@code "expected"}
 * (contents by path) may stand for {@code "patch"}, and {@code "original"} with {@code "expected"} for a single file. The
 * response holds SEARCH/REPLACE blocks or a unified diff. {@code extra.case} is {@code unparseable}, {@code unchanged} (score
 * 0), {@code identical} (1) or {@code similar}.
 *
 * <p>By default {@code unparseable} scores 0 and {@code similar} the lexical similarity of the two diffs, below 1, and only
 * {@code identical} is PASS. With {@code "judge":true} the scores are the paper's (Nemotron-Cascade, arXiv 2512.13607, section
 * 4.7): {@code unparseable} scores -1, {@code similar} the judge's probability that the two patches do the same, which is PASS
 * from one half on. {@code "problem"} then tells the judge what was to be solved.
 */
public final class SweVerifier implements Verifier {

    private static final int MAX_RESPONSE = 500_000;
    private static final double UNPARSEABLE = -1;

    private final Judge judge;

    /** A verifier without a judge: a specification that asks for one is refused. */
    public SweVerifier() {
        this(Optional.empty());
    }

    /** @param judge who compares patches where a specification asks for it */
    public SweVerifier(Optional<Judge> judge) {
        this.judge = judge.orElse(null);
    }

    @Override
    public String type() {
        return "swe";
    }

    @Override
    public String version() {
        return judge == null ? "3" : "3 " + judge.identity();
    }

    @Override
    public void check(JsonNode spec) {
        task(spec);
    }

    private SweTask task(JsonNode spec) {
        if (spec.has("judge") && !spec.get("judge").isBoolean()) {
            throw new InvalidVerifierException("A swe verifier's 'judge' must be true or false.");
        }
        if (asksJudge(spec) && judge == null) {
            throw new InvalidVerifierException("A swe verifier with a judge needs the environment variable "
                    + Judge.VARIABLES + "_URL, the base address of an OpenAI-compatible server.");
        }
        return SweTask.of(spec);
    }

    private static boolean asksJudge(JsonNode spec) {
        return spec.path("judge").asBoolean(false);
    }

    @Override
    public boolean costly() {
        return true;
    }

    @Override
    public boolean remote() {
        return judge != null;
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        SweTask task;
        try {
            task = task(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        if (response.length() > MAX_RESPONSE) {
            return unparseable(spec, "the response is longer than " + MAX_RESPONSE + " characters");
        }
        try {
            Map<String, String> actual = new LinkedHashMap<>(task.original());
            actual.putAll(edits(withLineEndsOf(task, FinalAnswer.of(response)), task.original()));
            return compare(prompt, spec, task, actual);
        } catch (PatchException e) {
            return unparseable(spec, "the patch cannot be applied: " + e.getMessage());
        }
    }

    /** Carriage returns are no part of an edit where the files have none. */
    private static String withLineEndsOf(SweTask task, String answer) {
        boolean windows = task.original().values().stream().anyMatch(text -> text.contains("\r\n"));
        return windows ? answer : answer.replace("\r\n", "\n");
    }

    private static Verdict unparseable(JsonNode spec, String why) {
        double score = asksJudge(spec) ? UNPARSEABLE : 0;
        return of("unparseable", new Verdict(Outcome.FAIL, score, why, Map.of()));
    }

    private static Map<String, String> edits(String answer, Map<String, String> files) throws PatchException {
        if (SearchReplace.isIn(answer)) {
            return SearchReplace.apply(answer, files);
        } else if (UnifiedDiffs.isIn(answer)) {
            return UnifiedDiffs.apply(answer, files);
        }
        throw new PatchException("there is neither a SEARCH/REPLACE block nor a unified diff");
    }

    private Verdict compare(String prompt, JsonNode spec, SweTask task, Map<String, String> actual) {
        if (actual.equals(task.expected())) {
            return of("identical", Verdict.pass("the patch equals the reference"));
        } else if (actual.equals(task.original())) {
            return of("unchanged", Verdict.fail("the patch changes nothing"));
        }
        if (asksJudge(spec)) {
            String problem = spec.path("problem").asText(prompt);
            return of("similar", PatchJudgement.of(judge, problem, task, actual));
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
