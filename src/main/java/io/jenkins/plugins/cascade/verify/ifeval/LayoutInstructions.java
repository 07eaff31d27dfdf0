package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** IFBench's constraints on the form of a response: brackets, quotation marks, lines, lists and templates. */
final class LayoutInstructions {

    private static final Pattern LETTERS = PythonText.exact("\\A\\W*+[aA]\\W*+[bB]\\W*+[cC]");
    private static final List<String> TEMPLATE = List.of("My Answer:", "My Conclusion:", "Future Outlook:");
    private static final int BRACKETS = 5;
    private static final int QUOTES = 3;

    /** Stairs of more lines would be longer than any response. */
    private static final int MAX_STAIRS = 20_000;

    private LayoutInstructions() {}

    /** A bracket closes inside a nest that was at least five deep; one that does not match its opening begins anew. */
    static Instruction parentheses(Arguments arguments) {
        return response -> {
            Deque<Character> open = new ArrayDeque<>();
            int deepest = 0;
            for (char character : response.toCharArray()) {
                if ("([{".indexOf(character) >= 0) {
                    open.push(character);
                    deepest = Math.max(deepest, open.size());
                } else if (")]}".indexOf(character) >= 0) {
                    if (open.isEmpty() || "([{".indexOf(open.pop()) != ")]}".indexOf(character)) {
                        open.clear();
                        deepest = 0;
                    } else if (deepest >= BRACKETS) {
                        return true;
                    }
                }
            }
            return false;
        };
    }

    static Instruction quotes(Arguments arguments) {
        return response -> {
            Deque<Character> open = new ArrayDeque<>();
            int deepest = 0;
            for (char character : response.toCharArray()) {
                if (!open.isEmpty() && open.peek() == character) {
                    open.pop();
                    if (deepest - open.size() >= QUOTES) {
                        return true;
                    }
                } else if (character == '"' || character == '\'') {
                    open.push(character);
                    deepest = Math.max(deepest, open.size());
                }
            }
            return false;
        };
    }

    /** Options are divided by slashes, else by "or", else by commas; lettered ones must be given exactly. */
    static Instruction options(Arguments arguments) {
        String text = arguments.text("options");
        String separator = text.contains("/") ? "/" : text.contains("or") ? "or" : ",";
        List<String> options = PythonText.split(text, separator).stream()
                .map(PythonText::strip)
                .toList();
        if (LETTERS.matcher(text).find()) {
            return options::contains;
        }
        List<String> plain = options.stream().map(LayoutInstructions::plain).toList();
        return response -> plain.contains(plain(response));
    }

    private static String plain(String text) {
        return PythonText.stripMarks(text).toLowerCase(Locale.ROOT);
    }

    static Instruction newlines(Arguments arguments) {
        return response -> {
            String text = PythonText.strip(PythonText.withoutMarks(response));
            long lines = PythonText.split(text, "\n").stream()
                    .filter(line -> !line.isEmpty())
                    .count();
            return lines == PythonText.words(text).size();
        };
    }

    /** As in IFBench, of two empty lines in a row the second stays, and counts as one without indentation. */
    static Instruction stairs(Arguments arguments) {
        return response -> {
            List<String> lines = new ArrayList<>(PythonText.split(response, "\n"));
            if (lines.size() > MAX_STAIRS) {
                return false;
            }
            for (int at = 0; at < lines.size(); at++) {
                if (PythonText.isBlank(lines.get(at))) {
                    lines.remove(lines.indexOf(lines.get(at)));
                }
            }
            for (int at = 1; at < lines.size(); at++) {
                if (indentation(lines.get(at)) <= indentation(lines.get(at - 1))) {
                    return false;
                }
            }
            return true;
        };
    }

    private static int indentation(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** No quotation follows another directly, and none ends the response. */
    static Instruction quoteExplanation(Arguments arguments) {
        return response -> {
            String text = String.join("", PythonText.words(response.replace("'\"'", "")));
            int last = text.length() - 1;
            while (last >= 0 && isDigitOrMark(text.charAt(last))) {
                last--;
            }
            return !text.contains("\"\"") && (last < 0 || text.charAt(last) != '"');
        };
    }

    private static boolean isDigitOrMark(char character) {
        return character >= '0' && character <= '9' || character != '"' && PythonText.MARKS.indexOf(character) >= 0;
    }

    /** The mark occurs twice; IFBench does not check that it begins lines. */
    static Instruction list(Arguments arguments) {
        String mark = arguments.text("sep");
        return response -> PythonText.split(response, mark).size() > 2;
    }

    /** Something in italics by HTML's marks, and something after it. */
    static Instruction thesis(Arguments arguments) {
        return response -> {
            int start = response.contains("<i>") ? response.indexOf("<i>") : response.indexOf("<em>");
            if (start < 0) {
                return false;
            }
            String text = response.substring(start);
            int end = text.contains("</i>") ? text.indexOf("</i>") : text.indexOf("</em>");
            return end >= 3
                    && !PythonText.isBlank(text.substring(3, end))
                    && !PythonText.isBlank(text.substring(end + 4));
        };
    }

    static Instruction subBullets(Arguments arguments) {
        return response ->
                PythonText.split(response, "*").stream().skip(1).allMatch(bullet -> bullet.indexOf('-') >= 0);
    }

    /** Two sentences, then only lines that begin with an asterisk, at least two; an empty line ends the sentences. */
    static Instruction sentencesThenBullets(Arguments arguments) {
        return response -> {
            boolean reading = true;
            int sentences = 0;
            int bullets = 0;
            for (String line : PythonText.split(response, "\n")) {
                String text = PythonText.strip(line);
                if (text.startsWith("*")) {
                    reading = false;
                    bullets++;
                    if (sentences < 2) {
                        return false;
                    }
                } else if (reading) {
                    int count = Sentences.count(text);
                    sentences += count;
                    reading = count > 0;
                } else {
                    return false;
                }
            }
            return bullets >= 2;
        };
    }

    /** No word is in small letters, or has a small first letter before capitals; mixed words are left alone. */
    static Instruction titleCase(Arguments arguments) {
        return response -> Words.of(response).stream().noneMatch(LayoutInstructions::breaksTitleCase);
    }

    private static boolean breaksTitleCase(String word) {
        int first = word.codePointAt(0);
        String rest = word.substring(Character.charCount(first));
        return Character.isLetter(first)
                && Character.isLowerCase(first)
                && (rest.isEmpty() || PythonText.isUpper(rest) || PythonText.isLower(rest));
    }

    static Instruction template(Arguments arguments) {
        return response -> TEMPLATE.stream().allMatch(response::contains);
    }

    static Instruction noWhitespace(Arguments arguments) {
        return response -> response.chars().noneMatch(character -> PythonText.isSpace((char) character));
    }
}
