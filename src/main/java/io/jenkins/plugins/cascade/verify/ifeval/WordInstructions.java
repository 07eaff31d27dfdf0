package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** IFBench's constraints on words: their letters, their lengths and their places. */
final class WordInstructions {

    private static final Set<Integer> PRIMES =
            Set.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97);
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxyz";
    private static final String VOWELS = "aeiou";
    private static final int PALINDROMES = 10;
    private static final int PALINDROME_LENGTH = 5;

    private WordInstructions() {}

    /** Each word begins with the letter after that of the word before, a after z. */
    static Instruction alphabet(Arguments arguments) {
        return response -> {
            List<String> words =
                    PythonText.words(PythonText.withoutMarks(response).toLowerCase(Locale.ROOT));
            if (words.isEmpty() || !isLetter(words.get(0).charAt(0))) {
                return false;
            }
            char first = words.get(0).charAt(0);
            for (int at = 1; at < words.size(); at++) {
                if (words.get(at).charAt(0) != 'a' + (first - 'a' + at) % 26) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z';
    }

    static Instruction vowels(Arguments arguments) {
        return response -> {
            String text = PythonText.strip(response).toLowerCase(Locale.ROOT);
            long kinds =
                    VOWELS.chars().filter(vowel -> text.indexOf(vowel) >= 0).count();
            return text.indexOf('\n') < 0 && kinds <= 3;
        };
    }

    static Instruction consonants(Arguments arguments) {
        return response ->
                PythonText.words(response.toLowerCase(Locale.ROOT)).stream().allMatch(WordInstructions::hasCluster);
    }

    private static boolean hasCluster(String word) {
        for (int at = 1; at < word.length(); at++) {
            if (CONSONANTS.indexOf(word.charAt(at - 1)) >= 0 && CONSONANTS.indexOf(word.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    static Instruction palindromes(Arguments arguments) {
        return response -> plainWords(response).stream()
                        .filter(word -> PythonText.length(word) >= PALINDROME_LENGTH)
                        .filter(word ->
                                new StringBuilder(word).reverse().toString().equals(word))
                        .count()
                >= PALINDROMES;
    }

    private static List<String> plainWords(String response) {
        return PythonText.words(PythonText.withoutMarks(response.toLowerCase(Locale.ROOT)));
    }

    static Instruction primeLengths(Arguments arguments) {
        return response -> PythonText.words(PythonText.withoutMarks(response)).stream()
                .allMatch(word -> PRIMES.contains(PythonText.length(word)));
    }

    static Instruction repeats(Arguments arguments) {
        int most = arguments.wholeNumber("small_n");
        return response -> {
            Map<String, Integer> counts = new HashMap<>();
            plainWords(response).forEach(word -> counts.merge(word, 1, Integer::sum));
            return counts.values().stream().allMatch(count -> count <= most);
        };
    }

    static Instruction noConsecutive(Arguments arguments) {
        return response -> {
            List<String> words = plainWords(response);
            for (int at = 1; at < words.size(); at++) {
                if (words.get(at).codePointAt(0) == words.get(at - 1).codePointAt(0)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** The last word of a sentence is the first of the next. */
    static Instruction lastFirst(Arguments arguments) {
        return response -> {
            List<String> sentences = Sentences.split(response);
            for (int at = 1; at < sentences.size(); at++) {
                List<String> before = PythonText.words(PythonText.stripTrailingMarks(sentences.get(at - 1)));
                List<String> after = PythonText.words(PythonText.stripLeadingMarks(sentences.get(at)));
                if (before.isEmpty() || after.isEmpty() || !same(before.get(before.size() - 1), after.get(0))) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Each line ends with the word it begins with. */
    static Instruction paragraphLastFirst(Arguments arguments) {
        return response -> {
            for (String line : PythonText.split(response, "\n")) {
                List<String> words = PythonText.words(
                        PythonText.stripMarks(PythonText.strip(line).toLowerCase(Locale.ROOT)));
                if (!words.isEmpty() && !words.get(0).equals(words.get(words.size() - 1))) {
                    return false;
                }
            }
            return true;
        };
    }

    static Instruction keywordAt(Arguments arguments) {
        String keyword = arguments.word("keyword");
        int sentence = arguments.count("n");
        int place = arguments.count("m");
        return response -> {
            List<String> sentences = Sentences.split(response);
            if (sentences.size() < sentence) {
                return false;
            }
            List<String> words = Words.withoutMarks(sentences.get(sentence - 1));
            return words.size() >= place && same(words.get(place - 1), keyword);
        };
    }

    /** The second word and the last but one, a mark at the end left out. */
    static Instruction secondAndLastButOne(Arguments arguments) {
        String keyword = arguments.word("keyword");
        return response -> {
            List<String> words = Words.of(response);
            int end = words.size();
            if (end > 0 && PythonText.MARKS.contains(words.get(end - 1))) {
                end--;
            }
            return end >= 2 && same(words.get(1), keyword) && same(words.get(end - 2), keyword);
        };
    }

    private static boolean same(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
