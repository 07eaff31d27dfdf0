package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** IFBench's counts of words, names, numbers and marks. */
final class CountInstructions {

    private static final List<String> NAMES = List.of(
            "Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte Alexander Amelia Benjamin Harper "
                    .concat(
                            "Leo Zoe Daniel Chloe Samuel Lily Matthew Grace Owen Abigail Gabriel Ella Jacob Scarlett Nathan ")
                    .concat(
                            "Victoria Elijah Layla Nicholas Audrey David Hannah Christopher Penelope Thomas Nora Andrew Aria ")
                    .concat("Joseph Claire Ryan Stella Jonathan")
                    .split(" "));
    private static final Pattern NAME = PythonText.exact("\\b(?:" + String.join("|", NAMES) + ")\\b");
    private static final Pattern JAPANESE = Pattern.compile("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
    private static final Pattern NUMBER = PythonText.exact("\\d+");
    private static final int[] KEYWORD_COUNTS = {1, 2, 3, 5, 7};

    private CountInstructions() {}

    static Instruction wordRange(Arguments arguments) {
        int least = arguments.wholeNumber("min_words");
        int most = arguments.wholeNumber("max_words");
        if (most < least) {
            throw arguments.wrong("max_words", "at least min_words, which is " + least);
        }
        return response -> {
            int words = PythonText.countWords(response);
            return least <= words && words <= most;
        };
    }

    static Instruction uniqueWords(Arguments arguments) {
        int wanted = arguments.wholeNumber("N");
        return response -> {
            Set<String> words = new HashSet<>();
            PythonText.words(response.toLowerCase(Locale.ROOT)).forEach(word -> words.add(PythonText.stripMarks(word)));
            return words.size() >= wanted;
        };
    }

    /** As in IFBench, spellings count apart: {@code and}, {@code And} and {@code and,} are three. */
    static Instruction conjunctions(Arguments arguments) {
        int wanted = arguments.wholeNumber("small_n");
        return response -> {
            Set<String> found = new HashSet<>();
            for (String word : PythonText.words(response)) {
                if (EnglishWords.CONJUNCTIONS.contains(
                        PythonText.stripMarks(word).toLowerCase(Locale.ROOT))) {
                    found.add(word);
                }
            }
            return found.size() >= wanted;
        };
    }

    static Instruction personNames(Arguments arguments) {
        int wanted = arguments.wholeNumber("N");
        return response -> NAME.matcher(response)
                        .results()
                        .map(match -> match.group())
                        .distinct()
                        .count()
                >= wanted;
    }

    /** Digits in a row are one number, whatever marks stand between them: 3,000.5 is one. */
    static Instruction numbers(Arguments arguments) {
        int wanted = arguments.wholeNumber("N");
        return response -> KeywordInstructions.count(NUMBER, PythonText.withoutMarks(response)) == wanted;
    }

    static Instruction punctuation(Arguments arguments) {
        return response -> {
            if (!response.contains("!?") && !response.contains("?!") && !response.contains("‽")) {
                return false;
            }
            String mark = response.contains("?!") ? "?!" : "!?";
            int at = response.indexOf(mark);
            String rest = at < 0 ? response : response.substring(0, at) + response.substring(at + 2);
            return ".,!?;:".chars().allMatch(character -> rest.indexOf(character) >= 0);
        };
    }

    static Instruction japaneseWords(Arguments arguments) {
        int cycle = arguments.count("N");
        return response -> {
            List<String> words = PythonText.words(response);
            for (int at = cycle - 1; at < words.size(); at += cycle) {
                String word = PythonText.stripMarks(words.get(at));
                boolean digits = word.chars().allMatch(Character::isDigit);
                if (!digits && !JAPANESE.matcher(word).find()) {
                    return false;
                }
            }
            return true;
        };
    }

    static Instruction pronouns(Arguments arguments) {
        int wanted = arguments.wholeNumber("N");
        return response -> Words.of(response.replace('/', ' ').toLowerCase(Locale.ROOT)).stream()
                        .filter(EnglishWords.PRONOUNS::contains)
                        .count()
                >= wanted;
    }

    static Instruction keywords(Arguments arguments) {
        String[] keywords = new String[KEYWORD_COUNTS.length];
        for (int at = 0; at < keywords.length; at++) {
            keywords[at] = arguments.word("keyword" + (at + 1)).toLowerCase(Locale.ROOT);
        }
        return response -> {
            String text = response.toLowerCase(Locale.ROOT);
            for (int at = 0; at < keywords.length; at++) {
                if (PythonText.split(text, keywords[at]).size() - 1 != KEYWORD_COUNTS[at]) {
                    return false;
                }
            }
            return true;
        };
    }

    static Instruction stopWords(Arguments arguments) {
        double most = arguments.percentage("percentage");
        return response -> {
            int words = PythonText.countWords(response);
            long stopWords = PythonText.wordsOfLetters(response).stream()
                    .filter(word -> EnglishWords.STOP_WORDS.contains(word.toLowerCase(Locale.ROOT)))
                    .count();
            return words > 0 && (double) stopWords / words * 100 <= most;
        };
    }

    /** The share of the response's different runs of three characters that occur in the reference, two points more or less. */
    static Instruction overlap(Arguments arguments) {
        double wanted = arguments.percentage("percentage");
        Set<String> reference = trigrams(arguments.text("reference_text"));
        return response -> {
            Set<String> own = trigrams(response);
            double share = (double) own.stream().filter(reference::contains).count() / own.size();
            return !own.isEmpty() && wanted - 2 <= share * 100 && share * 100 <= wanted + 2;
        };
    }

    private static Set<String> trigrams(String text) {
        int[] characters = text.codePoints().toArray();
        Set<String> trigrams = new HashSet<>();
        for (int at = 0; at + 3 <= characters.length; at++) {
            trigrams.add(new String(characters, at, 3));
        }
        return trigrams;
    }
}
