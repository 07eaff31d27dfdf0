package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words and marks of an English text, divided as Penn Treebank's rules (NLTK's {@code word_tokenize}) divide them. */
final class Words {

    private static final String ALONE = "«“‘„»”’;@#$%&?!*[](){}<>‒–—―";
    private static final String BEHIND_LAST_STOP = "])}>\"'»”’ ";
    private static final List<String> POSSESSIVES = List.of("'S", "'M", "'D", "'");
    private static final List<String> CLITICS = List.of("'LL", "'RE", "'VE", "N'T");
    private static final List<String> CLITIC_WORDS = List.of("re", "ve", "ll", "m", "t", "s", "d", "n");
    private static final Map<String, Integer> FUSED =
            Map.of("CANNOT", 3, "GIMME", 3, "GONNA", 3, "GOTTA", 3, "LEMME", 3, "WANNA", 3, "MORE'N", 4, "D'YE", 1);

    private Words() {}

    /** Words and marks in their order; a double quotation mark is {@code ''}. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String sentence : Sentences.split(text)) {
            for (String piece : PythonText.words(spaced(sentence))) {
                addWithoutPossessive(piece, words);
            }
        }
        return words;
    }

    /** The words with at least one letter or number. */
    static List<String> withoutMarks(String text) {
        return of(text).stream()
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /** The number of words in capital letters. */
    static int capitals(String text) {
        return (int) of(text).stream().filter(PythonText::isUpper).count();
    }

    /** The sentence with blanks around what stands alone; a mark right behind a comma or colon stays with what follows if it is one too. */
    private static String spaced(String sentence) {
        int taken = -1;
        StringBuilder spaced = new StringBuilder(sentence.length() + 16);
        int lastStop = lastStop(sentence);
        int at = 0;
        while (at < sentence.length()) {
            int length = at == lastStop ? 1 : lengthOfMark(sentence, at);
            boolean comma = ",:".indexOf(sentence.charAt(at)) >= 0;
            if (length > 0 && !(comma && at == taken)) {
                taken = comma && at + 2 < sentence.length() ? at + 1 : -1;
                String mark = sentence.substring(at, at + length);
                spaced.append(' ').append(mark.equals("\"") ? "''" : mark).append(' ');
                at += length;
            } else {
                spaced.append(sentence.charAt(at));
                if (opensWord(sentence, at)) {
                    spaced.append(' ');
                }
                at++;
            }
        }
        return spaced.toString();
    }

    /** The full stop that ends a sentence, which closing marks may follow; -1 if there is none, or several in a row. */
    private static int lastStop(String sentence) {
        int at = sentence.length() - 1;
        while (at >= 0
                && (BEHIND_LAST_STOP.indexOf(sentence.charAt(at)) >= 0 || PythonText.isSpace(sentence.charAt(at)))) {
            at--;
        }
        return at > 0 && sentence.charAt(at) == '.' && sentence.charAt(at - 1) != '.' ? at : -1;
    }

    /** How many characters of a mark that stands alone begin here; commas and colons only where no digit follows. */
    private static int lengthOfMark(String text, int at) {
        char mark = text.charAt(at);
        boolean last = at + 1 == text.length();
        boolean twice = !last && text.charAt(at + 1) == mark;
        if (ALONE.indexOf(mark) >= 0 || mark == '"') {
            return 1;
        }
        return switch (mark) {
            case '\'', '-' -> twice ? 2 : 0;
            case '`' -> twice ? 2 : 1;
            case '.' -> twice ? run(text, at) : 0;
            case ',', ':' -> last || !Character.isDigit(text.charAt(at + 1)) ? 1 : 0;
            default -> 0;
        };
    }

    private static int run(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == text.charAt(from)) {
            at++;
        }
        return at - from;
    }

    /** Whether an apostrophe here is the quotation mark before a word rather than part of one. */
    private static boolean opensWord(String text, int at) {
        if (text.charAt(at) != '\'' || at > 0 && PythonText.isWord(text.charAt(at - 1))) {
            return false;
        }
        int end = at + 1;
        while (end < text.length() && end - at < 4 && PythonText.isWord(text.charAt(end))) {
            end++;
        }
        return end > at + 1
                && !CLITIC_WORDS.contains(text.substring(at + 1, end).toLowerCase(Locale.ROOT));
    }

    private static void addWithoutPossessive(String word, List<String> words) {
        for (String ending : POSSESSIVES) {
            if (endsWith(word, ending)) {
                int cut = word.length() - ending.length();
                addWithoutClitic(word.substring(0, cut), words);
                words.add(word.substring(cut));
                return;
            }
        }
        addWithoutClitic(word, words);
    }

    private static void addWithoutClitic(String word, List<String> words) {
        for (String ending : CLITICS) {
            boolean oneCase = word.endsWith(ending) || word.endsWith(ending.toLowerCase(Locale.ROOT));
            if (oneCase && endsWith(word, ending)) {
                int cut = word.length() - ending.length();
                addFused(word.substring(0, cut), words);
                words.add(word.substring(cut));
                return;
            }
        }
        addFused(word, words);
    }

    private static boolean endsWith(String word, String ending) {
        int cut = word.length() - ending.length();
        return cut > 0 && word.charAt(cut - 1) != '\'' && word.regionMatches(true, cut, ending, 0, ending.length());
    }

    private static void addFused(String word, List<String> words) {
        Integer cut = FUSED.get(word.toUpperCase(Locale.ROOT));
        if (cut == null) {
            words.add(word);
        } else {
            words.add(word.substring(0, cut));
            words.add(word.substring(cut));
        }
    }
}
