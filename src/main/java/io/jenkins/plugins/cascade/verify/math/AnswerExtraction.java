package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.FinalAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer in a response: behind the last {@code </think>}, the last {@code \boxed{}}; without one what follows
 * the last "the answer is" (or {@code ####}); without that the last line, the last formula or the last number.
 */
final class AnswerExtraction {

    private static final int MAX_TAIL = 2000;
    private static final Pattern PHRASE =
            Pattern.compile("(?:answer(?:\\s+is)?\\s*:|answer\\s+is|####)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORMULA = Pattern.compile(
            "\\$\\$([^$]{1,1000})\\$\\$|\\$([^$\\n]{1,1000})\\$|\\\\\\(([^\\\\]*+(?:\\\\(?!\\))[^\\\\]*+)*+)\\\\\\)|\\\\\\[([^\\\\]*+(?:\\\\(?!\\])[^\\\\]*+)*+)\\\\\\]");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])[-−]?[$€£]?\\d[\\d,]*+(?:\\.\\d++)?+(?:\\s?/\\s?\\d++)?+\\s?%?");
    private static final Pattern SENTENCE_END =
            Pattern.compile("\\n|[.!?](?:\\s|$)|,?\\s(?:because|since|as|so|which|where|when|after)\\s");

    private AnswerExtraction() {}

    /** Candidates for the final answer in the order they are to be tried; all are one place in the response, read differently. */
    static List<String> candidates(String response) {
        String text = FinalAnswer.of(response);
        int box = Math.max(text.lastIndexOf("\\boxed"), text.lastIndexOf("\\fbox"));
        if (box >= 0) {
            return boxed(text, box).map(List::of).orElse(List.of());
        }
        if (text.length() > MAX_TAIL) {
            text = text.substring(text.length() - MAX_TAIL);
        }
        int phrase = -1;
        Matcher matcher = PHRASE.matcher(text);
        while (matcher.find()) {
            phrase = matcher.end();
        }
        return phrase >= 0 ? afterPhrase(text.substring(phrase)) : lastExpression(text);
    }

    private static Optional<String> boxed(String text, int start) {
        int at = start + (text.startsWith("\\boxed", start) ? "\\boxed".length() : "\\fbox".length());
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            return Optional.empty();
        }
        if (text.charAt(at) != '{') {
            return Optional.of(text.substring(at).split("[\\s$]", 2)[0]);
        }
        int depth = 0;
        for (int end = at; end < text.length(); end++) {
            char character = text.charAt(end);
            if (character == '\\') {
                end++;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return Optional.of(text.substring(at + 1, end));
            }
        }
        return Optional.empty();
    }

    private static List<String> afterPhrase(String tail) {
        String text = tail.strip();
        List<String> candidates = new ArrayList<>();
        Matcher end = SENTENCE_END.matcher(text);
        String sentence = end.find() ? text.substring(0, end.start()) : text;
        candidates.add(plain(sentence));
        Matcher formula = FORMULA.matcher(text);
        if (formula.lookingAt()) {
            candidates.add(group(formula));
        }
        return candidates;
    }

    private static List<String> lastExpression(String text) {
        String stripped = text.strip();
        List<String> candidates = new ArrayList<>();
        String line = plain(stripped.substring(stripped.lastIndexOf('\n') + 1));
        Matcher inLine = FORMULA.matcher(line);
        if (!inLine.find() || inLine.start() == 0 && inLine.end() == line.length()) {
            candidates.add(line);
        }
        String last = "";
        int from = -1;
        Matcher formula = FORMULA.matcher(stripped);
        while (formula.find()) {
            last = group(formula);
            from = formula.end();
        }
        Matcher number = NUMBER.matcher(stripped);
        while (number.find()) {
            if (number.start() >= from) {
                last = number.group().replaceFirst("[,.]$", "");
            }
        }
        if (!last.isEmpty()) {
            candidates.add(last);
        }
        return candidates;
    }

    private static String group(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    /** Without Markdown's emphasis and code marks. */
    private static String plain(String text) {
        return text.replace("**", "").replace("`", "").strip();
    }
}
