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
            "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "rev", "gen", "col", "sgt", "capt", "lt", "maj", "gov",
            "sen", "rep", "pres", "hon", "vs", "v", "cf", "e.g", "i.e", "etc", "al", "inc", "ltd", "co", "corp", "bros",
            "u.s", "u.k", "u.n", "a.m", "p.m", "ph.d", "m.d", "b.a", "m.a", "d.c", "n.y", "l.a", "no", "vol", "pp",
            "fig", "eq", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mt",
            "ave", "blvd", "approx", "dept", "est", "min", "max", "p.s", "p.p.s");

    /** Abbreviations that a name or a number follows, never a new sentence. */
    private static final Set<String> TITLES = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "rev", "gen", "col", "sgt", "capt", "lt", "gov", "sen", "rep");

    /** Words that, in capitals behind an abbreviation, begin a sentence. */
    private static final Set<String> STARTERS = Set.of(
            "the", "a", "an", "he", "she", "it", "they", "we", "you", "this", "that", "these", "those", "there", "but",
            "however", "in", "on", "at", "as", "if", "when", "while", "after", "before", "and", "or", "so", "to", "for",
            "his", "her", "its", "their", "our", "my", "what", "who", "how", "why", "where", "with", "by", "from");

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
        if (mark != '.') {
            return true;
        }
        String following = word(text, next);
        return !following.isEmpty() && endsSentence(wordBefore(text, at), following);
    }

    private static boolean endsSentence(String before, String following) {
        boolean capital = Character.isUpperCase(following.codePointAt(0));
        String next = following.toLowerCase(Locale.ROOT);
        String word = before.toLowerCase(Locale.ROOT);
        if (word.endsWith(".")) {
            return capital;
        }
        boolean initial =
                word.length() == 1 && Character.isLetter(word.charAt(0)) && Character.isUpperCase(before.charAt(0));
        if (initial) {
            return capital && STARTERS.contains(next) && !word.equals("i") || word.equals("i");
        }
        if (word.matches("\\d{1,3}") && before.length() == word.length()) {
            return capital;
        }
        if (ABBREVIATIONS.contains(word)) {
            return capital && !TITLES.contains(word) && STARTERS.contains(next);
        }
        return true;
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
