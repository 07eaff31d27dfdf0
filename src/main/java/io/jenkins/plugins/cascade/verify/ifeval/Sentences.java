package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.Locale;
import java.util.Set;

/**
 * Counts the sentences of an English text by the rules of the Punkt algorithm (Kiss and Strunk, 2006), with a list of
 * abbreviations of our own instead of its trained one. IFEval uses NLTK's Punkt; how often the two agree is measured in
 * the tests.
 */
final class Sentences {

    private static final String CLOSERS = ")]}\"'”’»*_";
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "messrs", "dr", "prof", "st", "jr", "sr", "gen", "col", "lt", "maj", "adm", "sen", "rep",
            "vs", "v", "inc", "ltd", "co", "cos", "corp", "bros", "u.s", "u.k", "u.n", "u.s.a", "a.m", "p.m", "ph.d",
            "m.b.a", "d.c", "n.y", "l.a", "j.p", "jan", "feb", "aug", "sep", "sept", "oct", "nov", "dec", "tues", "wed",
            "fri", "ave", "ft", "yr", "ct", "ok", "calif", "conn", "mich", "minn", "pa", "va", "wash", "ore", "okla",
            "ariz", "fla", "ga", "ill", "kan", "ky", "nev", "tenn", "vt", "wis");

    /** Words that, in capitals behind an abbreviation, begin a sentence. */
    private static final Set<String> STARTERS = Set.of(
            "the",
            "he",
            "she",
            "it",
            "they",
            "this",
            "these",
            "there",
            "but",
            "however",
            "in",
            "if",
            "when",
            "while",
            "so",
            "thus",
            "therefore",
            "meanwhile",
            "moreover",
            "some",
            "many",
            "most",
            "since",
            "although",
            "her",
            "yes",
            "please",
            "here");

    /** Words that are no names, so that a capital behind a single letter begins a sentence. */
    private static final Set<String> COMMON = Set.of(
            "a", "an", "we", "you", "that", "those", "on", "at", "as", "after", "before", "and", "or", "to", "for",
            "his", "its", "their", "our", "my", "what", "who", "how", "why", "where", "with", "by", "from", "then",
            "also", "all", "no", "not", "each", "every", "because", "now", "once", "can", "cannot", "will", "do", "is",
            "are", "was");

    private Sentences() {}

    static int count(String text) {
        int count = 0;
        boolean open = false;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            open |= !PythonText.isSpace(character);
            if (open && isEnd(text, at)) {
                at = skipClosers(text, at);
                count++;
                open = false;
            }
        }
        return open ? count + 1 : count;
    }

    /** Whether the mark at a position ends a sentence: white space must follow, closing marks may stand between. */
    private static boolean isEnd(String text, int at) {
        char mark = text.charAt(at);
        if (mark != '.' && mark != '?' && mark != '!') {
            return false;
        }
        int next = skipClosers(text, at) + 1;
        boolean last = at + 1 < text.length() && ".?!".indexOf(text.charAt(at + 1)) >= 0;
        if (last || next >= text.length() || !PythonText.isSpace(text.charAt(next))) {
            return false;
        }
        String following = word(text, next);
        return !following.isEmpty() && (mark != '.' || endsSentence(wordBefore(text, at), following));
    }

    /** Whether a full stop between two words ends a sentence. */
    private static boolean endsSentence(String before, String following) {
        boolean capital = !Character.isLowerCase(following.codePointAt(0));
        String next = following.toLowerCase(Locale.ROOT);
        String word = before.toLowerCase(Locale.ROOT);
        if (word.endsWith(".") || word.matches("[\\d,.]+")) {
            return capital;
        }
        if (word.length() == 1 && Character.isLetter(word.charAt(0))) {
            return capital && (STARTERS.contains(next) || COMMON.contains(next));
        }
        return !ABBREVIATIONS.contains(word) || capital && STARTERS.contains(next);
    }

    private static int skipClosers(String text, int at) {
        int end = at;
        while (end + 1 < text.length() && CLOSERS.indexOf(text.charAt(end + 1)) >= 0) {
            end++;
        }
        return end;
    }

    private static String wordBefore(String text, int end) {
        int start = end;
        while (start > 0 && end - start < 50 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private static String word(String text, int from) {
        int start = from;
        while (start < text.length() && !Character.isLetterOrDigit(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && end - start < 50 && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '.' || character == '-' || character == '\'';
    }
}
