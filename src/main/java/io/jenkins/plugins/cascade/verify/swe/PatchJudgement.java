package io.jenkins.plugins.cascade.verify.swe;

import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.judge.EndpointException;
import io.jenkins.plugins.cascade.verify.judge.Judge;
import io.jenkins.plugins.cascade.verify.judge.JudgePrompt;
import java.util.Locale;
import java.util.Map;

/** Asks a judge whether a patch does what the reference does. */
final class PatchJudgement {

    private static final JudgePrompt PROMPT = new JudgePrompt(
            """
            This is a problem in a piece of software:
            {problem}
            This patch is known to solve it:
            {reference}
            This is another patch:
            {patch}
            Does the other patch solve the problem in the same way as the known one, so that the software behaves the same \
            after either? Answer YES or NO.""");
    private static final int MAX_PATCH = 200_000;
    private static final double PASSES = 0.5;

    private PatchJudgement() {}

    static Verdict of(Judge judge, String problem, SweTask task, Map<String, String> actual) {
        String reference = diff(task, task.expected());
        String patch = diff(task, actual);
        if (patch.length() > MAX_PATCH) {
            return Verdict.fail("the patch is longer than " + MAX_PATCH + " characters");
        }
        try {
            double yes = judge.ask(PROMPT, Map.of("problem", problem, "reference", reference, "patch", patch));
            String detail = String.format(Locale.ROOT, "the judge says YES with probability %.3f", yes);
            return new Verdict(yes >= PASSES ? Outcome.PASS : Outcome.FAIL, yes, detail, Map.of());
        } catch (EndpointException e) {
            return e.verdict();
        }
    }

    private static String diff(SweTask task, Map<String, String> changed) {
        return String.join("\n", LexicalSimilarity.diff(task.original(), changed));
    }
}
