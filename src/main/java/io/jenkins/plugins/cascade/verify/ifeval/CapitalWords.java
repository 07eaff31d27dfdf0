package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts words in capital letters, divided as Penn Treebank's rules (NLTK's {@code word_tokenize}) divide them. */
final class CapitalWords {

    private static final String SEPARATORS = "«“‘„`»”’\";@#$%&?!*[](){}<>‒–—―";
    private static final List<String> POSSESSIVES = List.of("'S", "'M", "'D", "'");
    private static final List<String> CLITICS = List.of("'LL", "'RE", "'VE", "N'T");
    private static final Map<String, Integer> FUSED =
            Map.of("CANNOT", 3, "GIMME", 3, "GONNA", 3, "GOTTA", 3, "LEMME", 3, "WANNA", 3, "MORE'N", 4, "D'YE", 1);

    private CapitalWords() {}

    static int count(String text) {
        int count = 0;
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || separates(text, at)) {
                count += at > start ? countIn(text.substring(start, at)) : 0;
                start = at + 1;
            }
        }
        return count;
    }

    /** Whether a word ends before this character; commas and colons only where no digit follows, dashes and dots only in pairs. */
    private static boolean separates(String text, int at) {
        char character = text.charAt(at);
        if (PythonText.isSpace(character) || SEPARATORS.indexOf(character) >= 0) {
            return true;
        }
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        char before = at > 0 ? text.charAt(at - 1) : ' ';
        return switch (character) {
            case ',', ':' -> !Character.isDigit(next);
            case '-', '.' -> next == character || before == character;
            default -> false;
        };
    }

    private static int countIn(String word) {
        if (!hasUpper(word)) {
            return 0;
        }
        for (String ending : POSSESSIVES) {
            if (endsWith(word, ending)) {
                int cut = word.length() - ending.length();
                return capital(word.substring(cut)) + countBeforeClitic(word.substring(0, cut));
            }
        }
        return countBeforeClitic(word);
    }

    private static int countBeforeClitic(String word) {
        for (String ending : CLITICS) {
            boolean oneCase = word.endsWith(ending) || word.endsWith(ending.toLowerCase(Locale.ROOT));
            if (oneCase && endsWith(word, ending)) {
                int cut = word.length() - ending.length();
                return capital(word.substring(cut)) + fused(word.substring(0, cut));
            }
        }
        return fused(word);
    }

    private static boolean endsWith(String word, String ending) {
        int cut = word.length() - ending.length();
        return cut > 0 && word.charAt(cut - 1) != '\'' && word.regionMatches(true, cut, ending, 0, ending.length());
    }

    private static int fused(String word) {
        Integer cut = FUSED.get(word.toUpperCase(Locale.ROOT));
        return cut == null ? capital(word) : capital(word.substring(0, cut)) + capital(word.substring(cut));
    }

    private static int capital(String word) {
        return PythonText.isUpper(word) ? 1 : 0;
    }

    private static boolean hasUpper(String word) {
        return word.codePoints().anyMatch(Character::isUpperCase);
    }
}
