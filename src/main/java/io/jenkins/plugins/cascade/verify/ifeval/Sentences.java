package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the sentences of an English text by the rules of the Punkt algorithm (Kiss and Strunk, 2006), with a list of
 * abbreviations of our own instead of its trained one. IFEval uses NLTK's Punkt; how often the two agree is measured in
 * the tests.
 */
final class Sentences {

    private static final String CLOSERS = "\"')]}‘’“”«»";
    private static final String MARKS = ".?!";
    private static final String NO_WORD = ")\";}]*:@'({[‘’“”«»!?";
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
        return split(text).size();
    }

    /**
     * The sentences of a text as Punkt cuts them: white space between two is in neither, closing marks behind the end belong to
     * the sentence. A text of white space alone has no sentence.
     */
    static List<String> split(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        int candidate = next(text, 0);
        while (candidate >= 0) {
            int following = next(text, candidate + 1);
            if (!sameWord(text, candidate, following) && isEnd(text, candidate)) {
                int end = skipClosers(text, skipSpace(text, candidate + 1), candidate + 1);
                add(sentences, text.substring(start, end));
                start = skipSpace(text, end);
            }
            candidate = following;
        }
        add(sentences, PythonText.stripTrailing(text.substring(Math.min(start, text.length()))));
        return sentences;
    }

    private static void add(List<String> sentences, String sentence) {
        if (!sentence.isEmpty()) {
            sentences.add(sentence);
        }
    }

    /** The next mark that may end a sentence: white space and something else follow, or a mark that no word holds. */
    private static int next(String text, int from) {
        for (int at = from; at < text.length() - 1; at++) {
            if (MARKS.indexOf(text.charAt(at)) >= 0) {
                char following = text.charAt(at + 1);
                boolean space = PythonText.isSpace(following) && skipSpace(text, at + 1) < text.length();
                if (space || NO_WORD.indexOf(following) >= 0) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** Of several marks in a word only the last may end a sentence. */
    private static boolean sameWord(String text, int at, int following) {
        for (int between = at; between < following; between++) {
            if (PythonText.isSpace(text.charAt(between))) {
                return false;
            }
        }
        return following >= 0;
    }

    /** Whether a sentence ends here: marks that stand alone still belong to it. */
    private static boolean isEnd(String text, int at) {
        int next = skipSpace(text, at + 1);
        if (MARKS.indexOf(text.charAt(next)) >= 0) {
            return false;
        }
        return text.charAt(at) != '.' || endsSentence(wordBefore(text, at), word(text, next));
    }

    /** Closing marks at a position belong to the sentence before if white space, a dash or the end follows them. */
    private static int skipClosers(String text, int from, int end) {
        int at = from;
        while (at < text.length() && CLOSERS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        boolean closed = at == text.length() || PythonText.isSpace(text.charAt(at)) || text.startsWith("--", at);
        return at > from && closed ? at : end;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Whether a full stop between two words ends a sentence. */
    private static boolean endsSentence(String before, String following) {
        if (following.isEmpty()) {
            return !before.endsWith(".") && !ABBREVIATIONS.contains(before.toLowerCase(Locale.ROOT));
        }
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

    private static String wordBefore(String text, int end) {
        int start = end;
        while (start > 0 && end - start < 50 && isWordPart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    /** The word that begins at a position, empty if something else stands there. */
    private static String word(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 50 && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '.' || character == '-' || character == '\'';
    }
}
