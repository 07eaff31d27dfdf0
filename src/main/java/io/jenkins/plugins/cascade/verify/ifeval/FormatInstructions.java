package io.jenkins.plugins.cascade.verify.ifeval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks in a text: placeholders, bullets, highlights, sections, titles, JSON. Scans are linear where a regular expression is not. */
final class FormatInstructions {

    private static final List<String> OPTIONS = List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");
    private static final Pattern HIGHLIGHT = Pattern.compile("\\*[^\\n*]*+\\*");
    private static final Pattern DOUBLE_HIGHLIGHT = Pattern.compile("\\*\\*[^\\n*]*+\\*\\*");
    private static final ObjectMapper PYTHON_JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FormatInstructions() {}

    static Instruction placeholders(Arguments arguments) {
        int wanted = arguments.count("num_placeholders");
        return response -> countPlaceholders(response) >= wanted;
    }

    private static int countPlaceholders(String text) {
        int count = 0;
        int at = text.indexOf('[');
        while (at >= 0) {
            int close = text.indexOf(']', at);
            int lineEnd = text.indexOf('\n', at);
            if (close < 0) {
                return count;
            }
            boolean sameLine = lineEnd < 0 || close < lineEnd;
            count += sameLine ? 1 : 0;
            at = text.indexOf('[', sameLine ? close : lineEnd);
        }
        return count;
    }

    static Instruction postscript(Arguments arguments) {
        String marker = PythonText.strip(arguments.text("postscript_marker"));
        String regex =
                switch (marker) {
                    case "P.P.S" -> "p\\.\\s?p\\.\\s?s";
                    case "P.S." -> "p\\.\\s?s\\.";
                    default -> marker.toLowerCase(Locale.ROOT);
                };
        Pattern pattern = arguments.pattern("postscript_marker", regex, false);
        return response -> pattern.matcher(response.toLowerCase(Locale.ROOT)).find();
    }

    static Instruction bullets(Arguments arguments) {
        int wanted = arguments.count("num_bullets");
        return response -> countBullets(response, '*') + countBullets(response, '-') == wanted;
    }

    /** Lines whose first character is the mark; an asterisk counts only if no second one follows. */
    private static int countBullets(String text, char mark) {
        int count = 0;
        int at = 0;
        while (at >= 0 && at < text.length()) {
            while (at < text.length() && PythonText.isSpace(text.charAt(at))) {
                at++;
            }
            int next = at + 1;
            boolean bullet = at < text.length()
                    && text.charAt(at) == mark
                    && (mark != '*' || next < text.length() && text.charAt(next) != '*');
            int from = bullet && mark == '*' ? at + 2 : at;
            count += bullet ? 1 : 0;
            int lineEnd = text.indexOf('\n', from);
            at = lineEnd < 0 ? -1 : lineEnd + 1;
        }
        return count;
    }

    static Instruction constrainedResponse(Arguments arguments) {
        return response -> OPTIONS.stream().anyMatch(response::contains);
    }

    static Instruction highlights(Arguments arguments) {
        int wanted = arguments.count("num_highlights");
        return response -> countFilled(HIGHLIGHT, response) + countFilled(DOUBLE_HIGHLIGHT, response) >= wanted;
    }

    private static int countFilled(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        while (matcher.find()) {
            String content = PythonText.strip(matcher.group(), '*');
            count += PythonText.isBlank(content) ? 0 : 1;
        }
        return count;
    }

    static Instruction sections(Arguments arguments) {
        int wanted = arguments.count("num_sections");
        String splitter = PythonText.strip(arguments.text("section_spliter"));
        Pattern start = arguments.pattern("section_spliter", "\\s?" + splitter + "\\s?\\d+\\s?", false);
        return response -> start.split(response, -1).length - 1 >= wanted;
    }

    static Instruction json(Arguments arguments) {
        return response -> isJson(unfenced(PythonText.strip(response)));
    }

    private static String unfenced(String text) {
        String inner = text;
        for (String prefix : List.of("```json", "```Json", "```JSON", "```")) {
            inner = inner.startsWith(prefix) ? inner.substring(prefix.length()) : inner;
        }
        inner = inner.endsWith("```") ? inner.substring(0, inner.length() - 3) : inner;
        return PythonText.strip(inner);
    }

    private static boolean isJson(String text) {
        if (text.isEmpty()) {
            return false;
        }
        try {
            PYTHON_JSON.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** A line with something between double angular brackets. */
    static Instruction title(Arguments arguments) {
        return response -> PythonText.split(response, "\n").stream().anyMatch(FormatInstructions::hasTitle);
    }

    private static boolean hasTitle(String line) {
        int open = line.indexOf("<<");
        int close = line.lastIndexOf(">>");
        if (open < 0 || close < open + 3) {
            return false;
        }
        String content = line.substring(open, close + 2).replaceAll("^<+", "").replaceAll(">++$", "");
        return !PythonText.isBlank(content);
    }
}
