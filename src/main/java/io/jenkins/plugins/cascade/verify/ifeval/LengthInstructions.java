package io.jenkins.plugins.cascade.verify.ifeval;

import io.jenkins.plugins.cascade.verify.ifeval.Arguments.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers of sentences, words and paragraphs. */
final class LengthInstructions {

    private static final Pattern DIVIDER = PythonText.exact("\\s?\\*\\*\\*\\s?");
    private static final String WORD_END = ".,?!'\"";

    private LengthInstructions() {}

    static Instruction sentences(Arguments arguments) {
        Comparison comparison = arguments.comparison("relation", arguments.count("num_sentences"));
        return response -> comparison.holds(Sentences.count(response));
    }

    static Instruction words(Arguments arguments) {
        Comparison comparison = arguments.comparison("relation", arguments.count("num_words"));
        return response -> comparison.holds(PythonText.countWords(response));
    }

    /** Paragraphs are what stands between dividers of three asterisks; only the first and the last may be empty. */
    static Instruction paragraphs(Arguments arguments) {
        int wanted = arguments.count("num_paragraphs");
        return response -> {
            String[] paragraphs = DIVIDER.split(response, -1);
            int count = paragraphs.length;
            for (int at = 0; at < paragraphs.length; at++) {
                if (PythonText.isBlank(paragraphs[at])) {
                    if (at > 0 && at < paragraphs.length - 1) {
                        return false;
                    }
                    count--;
                }
            }
            return count == wanted;
        };
    }

    /** Here paragraphs are what stands between empty lines. */
    static Instruction firstWordOfParagraph(Arguments arguments) {
        int wanted = arguments.count("num_paragraphs");
        int nth = arguments.count("nth_paragraph");
        String firstWord = arguments.text("first_word").toLowerCase(Locale.ROOT);
        if (nth > wanted) {
            throw arguments.wrong("nth_paragraph", "at most num_paragraphs, which is " + wanted);
        }
        return response -> {
            List<String> paragraphs = PythonText.split(response, "\n\n");
            long filled = paragraphs.stream()
                    .filter(paragraph -> !PythonText.isBlank(paragraph))
                    .count();
            return filled == wanted
                    && nth <= filled
                    && firstWord(paragraphs.get(nth - 1)).equals(firstWord);
        };
    }

    private static String firstWord(String paragraph) {
        String text = PythonText.strip(paragraph);
        int end = 0;
        while (end < text.length() && !PythonText.isSpace(text.charAt(end))) {
            end++;
        }
        String word = stripLeading(stripLeading(text.substring(0, end), '\''), '"');
        int length = 0;
        while (length < word.length() && WORD_END.indexOf(word.charAt(length)) < 0) {
            length++;
        }
        return word.substring(0, length).toLowerCase(Locale.ROOT);
    }

    private static String stripLeading(String text, char unwanted) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == unwanted) {
            start++;
        }
        return text.substring(start);
    }
}
