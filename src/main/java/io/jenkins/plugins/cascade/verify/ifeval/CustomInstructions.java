package io.jenkins.plugins.cascade.verify.ifeval;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IFBench's instructions that are made for one request each. */
final class CustomInstructions {

    private static final List<String> MULTIPLES = List.of("14", "21", "28", "35", "42", "49");
    private static final Pattern NUMBER = PythonText.exact("\\d+");
    private static final Pattern QUESTION = PythonText.exact("(?<!\\n)\\n*+Question \\d+[.|):;]?\\s*+");
    private static final Pattern OPTION = PythonText.exact("^[A-Ea-e][.|)]\\s*+\\w");
    private static final Pattern DATE = PythonText.exact("\\d{4}-\\d{2}-\\d{2}");
    private static final int QUESTIONS = 4;
    private static final int OPTIONS = 5;
    private static final int COUNTRIES = 52;
    private static final int FIRST_YEAR = 1769;
    private static final int LAST_YEAR = 1821;
    private static final int[] DAYS = {99, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final List<String> CAPITALS = List.of(
            "Reykjavik",
            "Helsinki",
            "Oslo",
            "Tallinn",
            "Stockholm",
            "Riga",
            "Moscow",
            "Copenhagen",
            "Vilnius",
            "Minsk",
            "Dublin",
            "Berlin",
            "Amsterdam",
            "Warsaw",
            "London",
            "Brussels",
            "Prague",
            "Luxembourg",
            "Paris",
            "Vienna",
            "Bratislava",
            "Budapest",
            "Vaduz",
            "Chisinau",
            "Bern",
            "Ljubljana",
            "Zagreb");

    private CustomInstructions() {}

    static Instruction multiples(Arguments arguments) {
        return response -> NUMBER.matcher(response)
                .results()
                .map(match -> match.group())
                .toList()
                .equals(MULTIPLES);
    }

    /** Four questions with five lettered options each, every question longer than the one before. */
    static Instruction multipleChoice(Arguments arguments) {
        return response -> {
            if (!response.startsWith("Question")) {
                return false;
            }
            List<String> questions = questions(response);
            int before = -1;
            for (String question : questions) {
                int length = lengthWithFiveOptions(question);
                if (length <= before) {
                    return false;
                }
                before = length;
            }
            return questions.size() == QUESTIONS;
        };
    }

    private static List<String> questions(String response) {
        List<String> questions = new ArrayList<>();
        Matcher label = QUESTION.matcher(response);
        int start = 0;
        while (label.find()) {
            questions.add(PythonText.strip(response.substring(start, label.start())));
            start = label.end();
        }
        questions.add(PythonText.strip(response.substring(start)));
        questions.removeIf(String::isEmpty);
        return questions;
    }

    /** How long a question is before its options, -1 if there are not five of them. */
    private static int lengthWithFiveOptions(String question) {
        StringBuilder text = new StringBuilder();
        int options = 0;
        for (String line : PythonText.split(question, "\n")) {
            String stripped = PythonText.strip(line);
            if (OPTION.matcher(stripped).find()) {
                options++;
            } else if (options == 0) {
                text.append(' ').append(stripped);
            }
        }
        return options == OPTIONS ? PythonText.length(PythonText.strip(text.toString())) : -1;
    }

    /** From the line with Zimbabwe on at least 52 lines in reverse order; IFBench does not check that they are countries. */
    static Instruction africanCountries(Arguments arguments) {
        return response -> {
            List<String> lines = PythonText.split(response, "\n").stream()
                    .map(PythonText::stripMarks)
                    .filter(line -> !line.isEmpty())
                    .dropWhile(line -> !line.contains("Zimbabwe"))
                    .map(CustomInstructions::ascii)
                    .toList();
            List<String> sorted = new ArrayList<>(lines);
            sorted.sort(Collections.reverseOrder());
            return lines.size() >= COUNTRIES && lines.equals(sorted);
        };
    }

    /** The text without accents and without what has no ASCII letter. */
    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .chars()
                .filter(character -> character < 128)
                .forEach(character -> ascii.append((char) character));
        return ascii.toString();
    }

    /** Read backwards by words, the response names the bald eagle. */
    static Instruction wordsReversed(Arguments arguments) {
        return response -> {
            List<String> words =
                    new ArrayList<>(PythonText.words(PythonText.withoutMarks(response.toLowerCase(Locale.ROOT))));
            Collections.reverse(words);
            return String.join(" ", words).contains("bald eagle");
        };
    }

    static Instruction charactersReversed(Arguments arguments) {
        return response -> response.toLowerCase(Locale.ROOT).contains("elgae dlab");
    }

    static Instruction europeanCapitals(Arguments arguments) {
        return response -> PythonText.split(ascii(response), ",").stream()
                .map(PythonText::strip)
                .filter(capital -> !capital.isEmpty())
                .toList()
                .equals(CAPITALS);
    }

    /** Dates of Napoleon's lifetime; as in IFBench, month and day may be 00. */
    static Instruction dates(Arguments arguments) {
        return response ->
                PythonText.split(PythonText.strip(response), ",").stream().allMatch(CustomInstructions::isDate);
    }

    private static boolean isDate(String text) {
        String date = PythonText.strip(text);
        if (!DATE.matcher(date).matches()) {
            return false;
        }
        int year = Integer.parseInt(date.substring(0, 4));
        int month = Integer.parseInt(date.substring(5, 7));
        int day = Integer.parseInt(date.substring(8));
        int most = month < DAYS.length ? DAYS[month] : -1;
        return year >= FIRST_YEAR && year <= LAST_YEAR && day <= most;
    }
}
