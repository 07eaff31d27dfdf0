package io.jenkins.plugins.cascade.verify.ifeval;

import io.jenkins.plugins.cascade.verify.ifeval.Arguments.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words and letters that must or must not occur. As in IFEval, keywords are regular expressions without regard to case. */
final class KeywordInstructions {

    private KeywordInstructions() {}

    static Instruction existence(Arguments arguments) {
        List<Pattern> keywords = patterns(arguments, "keywords", "", "");
        return response ->
                keywords.stream().allMatch(keyword -> keyword.matcher(response).find());
    }

    static Instruction frequency(Arguments arguments) {
        Pattern keyword = arguments.pattern("keyword", PythonText.strip(arguments.text("keyword")), true);
        Comparison comparison = arguments.comparison("relation", arguments.count("frequency"));
        return response -> comparison.holds(count(keyword, response));
    }

    static Instruction forbiddenWords(Arguments arguments) {
        List<Pattern> words = patterns(arguments, "forbidden_words", "\\b", "\\b");
        return response ->
                words.stream().noneMatch(word -> word.matcher(response).find());
    }

    /** IFEval draws another letter where the argument is no letter of a-z; here any one character is counted as it is. */
    static Instruction letterFrequency(Arguments arguments) {
        String letter = arguments.text("letter").toLowerCase(Locale.ROOT);
        if (letter.codePointCount(0, letter.length()) != 1) {
            throw arguments.wrong("letter", "one letter");
        }
        int wanted = letter.codePointAt(0);
        Comparison comparison = arguments.comparison("let_relation", arguments.count("let_frequency"));
        return response -> comparison.holds((int) response.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(character -> character == wanted)
                .count());
    }

    private static List<Pattern> patterns(Arguments arguments, String name, String before, String after) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : arguments.texts(name)) {
            patterns.add(arguments.pattern(name, before + text + after, true));
        }
        return patterns;
    }

    static int count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
