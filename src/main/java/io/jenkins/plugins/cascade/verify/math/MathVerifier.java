package io.jenkins.plugins.cascade.verify.math;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges a final answer against a reference: {@code {"type":"math","answer":"\\frac{1}{2}"}}. The answer is looked for behind
 * the thoughts: the last {@code \boxed{}}, else "the answer is", else the last expression.
 */
public final class MathVerifier implements Verifier {

    private static final Pattern OPTION = Pattern.compile("\\(?([A-J])\\)?\\.?");
    private static final Pattern CHOSEN =
            Pattern.compile("\\(?([A-Ja-j])\\)?\\.?|\\(([A-J])\\).*|([A-J])[.):].*", Pattern.DOTALL);
    private static final Pattern TEXT_COMMAND = Pattern.compile("\\\\(?:text|textbf|mathrm|mathbf|mbox)\\{([^{}]*)\\}");
    private static final Pattern PERCENT_ASKED = Pattern.compile(
            "\\b(?:what|which|find|as|in|nearest|many)\\b[^.?!]{0,40}\\bpercent", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERCENT_SIGN =
            Pattern.compile("(?<=[0-9}])\\s*(?:\\\\?%|percent|\\\\text\\{ *percent *\\})(?=\\s*\\$?$)");
    private static final int SHOWN = 60;

    @Override
    public String type() {
        return "math";
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public void check(JsonNode spec) {
        String gold = gold(spec);
        if (option(gold).isEmpty() && parse(gold, true).isEmpty()) {
            throw new InvalidVerifierException(
                    "The math answer '" + shown(gold) + "' cannot be read; write it as LaTeX or as a plain number.");
        }
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        String gold;
        try {
            gold = gold(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        List<String> candidates = AnswerExtraction.candidates(response);
        Optional<String> option = option(gold);
        if (option.isPresent()) {
            return optionVerdict(option.get(), candidates);
        }
        Optional<Answer> reference = parse(gold, true);
        if (reference.isEmpty()) {
            return Verdict.unparseableGold("the reference answer '" + shown(gold) + "' cannot be read");
        }
        boolean percentAsked = prompt != null && PERCENT_ASKED.matcher(prompt).find();
        return verdict(reference.get(), gold, percentAsked ? withoutSign(reference.get(), candidates) : candidates);
    }

    /** The first candidate that can be read is the answer; the rest are other readings of text that could not. */
    private static Verdict verdict(Answer gold, String goldText, List<String> candidates) {
        for (String candidate : candidates) {
            Optional<Answer> grouped = parse(candidate, true);
            if (grouped.isEmpty()) {
                continue;
            }
            boolean wordsOnly = grouped.get() instanceof Answer.Text && !(gold instanceof Answer.Text);
            if (wordsOnly && candidates.size() > 1) {
                continue;
            }
            boolean list = gold instanceof Answer.Collection || gold instanceof Answer.Ordered;
            boolean equal = AnswerEquality.equal(gold, grouped.get())
                    || list
                            && parse(candidate, false)
                                    .filter(answer -> AnswerEquality.equal(gold, answer))
                                    .isPresent();
            return equal
                    ? Verdict.pass("equals " + shown(goldText))
                    : Verdict.fail("'" + shown(candidate) + "' is not " + shown(goldText));
        }
        return Verdict.fail(
                candidates.isEmpty()
                        ? "no answer found"
                        : "the answer '" + shown(candidates.get(0)) + "' cannot be read");
    }

    /** Where the prompt asks for a percentage, a reference that is a plain number of at least 1 is one, and the sign may be written. */
    private static List<String> withoutSign(Answer gold, List<String> candidates) {
        boolean plain = gold instanceof Answer.Scalar scalar
                && scalar.unit().isEmpty()
                && ExactValue.of(scalar.expression())
                        .filter(value -> value.abs().compareTo(Rational.ONE) >= 0)
                        .isPresent();
        return plain
                ? candidates.stream()
                        .map(candidate -> PERCENT_SIGN.matcher(candidate).replaceFirst(""))
                        .toList()
                : candidates;
    }

    private static Verdict optionVerdict(String gold, List<String> candidates) {
        for (String candidate : candidates) {
            Matcher chosen = CHOSEN.matcher(bare(candidate));
            if (chosen.matches()) {
                String letter = chosen.group(1) != null
                        ? chosen.group(1)
                        : chosen.group(2) != null ? chosen.group(2) : chosen.group(3);
                return letter.equalsIgnoreCase(gold)
                        ? Verdict.pass("chose " + gold)
                        : Verdict.fail("chose " + letter + ", not " + gold);
            }
        }
        return Verdict.fail("no option chosen");
    }

    private static Optional<String> option(String gold) {
        Matcher matcher = OPTION.matcher(bare(gold));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String bare(String text) {
        return text.length() > Lexer.MAX_LENGTH
                ? ""
                : TEXT_COMMAND
                        .matcher(text)
                        .replaceAll("$1")
                        .replace("$", "")
                        .replace("**", "")
                        .strip();
    }

    private static Optional<Answer> parse(String text, boolean thousands) {
        try {
            return Optional.of(AnswerParser.parse(text, thousands));
        } catch (NotMathematicsException e) {
            return Optional.empty();
        }
    }

    private static String gold(JsonNode spec) {
        JsonNode answer = spec.get("answer");
        if (answer == null
                || !answer.isTextual() && !answer.isNumber()
                || answer.asText().isBlank()) {
            throw new InvalidVerifierException(
                    "A math verifier needs the field 'answer' with a text that is not empty.");
        }
        return answer.asText();
    }

    private static String shown(String text) {
        String line = text.strip().replace('\n', ' ');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    @Override
    public List<Canary> canaries() {
        return List.of(
                canary("boxed fraction", "so \\boxed{\\dfrac{1}{2}}", "0.5", Outcome.PASS),
                canary("set in another order", "the answer is {3, 1, 2}", "\\{1,2,3\\}", Outcome.PASS),
                canary("neighbouring number", "\\boxed{41}", "42", Outcome.FAIL),
                canary(
                        "right number in the thoughts only",
                        "<think>\\boxed{42}</think> I do not know.",
                        "42",
                        Outcome.FAIL),
                canary("inequality echoed unsolved", "\\boxed{2x + 1 > 7}", "x > 3", Outcome.FAIL));
    }

    private static Canary canary(String name, String response, String gold, Outcome expected) {
        ObjectNode spec =
                JsonNodeFactory.instance.objectNode().put("type", "math").put("answer", gold);
        return new Canary(name, "", response, spec, expected);
    }
}
