package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Text operations as Python defines them, where Java's differ. */
final class PythonText {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE
            | Pattern.UNICODE_CASE
            | Pattern.UNICODE_CHARACTER_CLASS
            | Pattern.MULTILINE
            | Pattern.UNIX_LINES;

    /** {@code string.punctuation}. */
    static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private PythonText() {}

    /** {@code str.isspace} of one character: Java leaves out the no-break spaces. */
    static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
    }

    /** {@code str.strip}. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@code str.rstrip}. */
    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@code str.strip(string.punctuation + " ")}: ASCII marks and blanks at both ends. */
    static String stripMarks(String text) {
        return stripTrailingMarks(stripLeadingMarks(text));
    }

    /** {@code str.lstrip(string.punctuation + " ")}. */
    static String stripLeadingMarks(String text) {
        int start = 0;
        while (start < text.length() && isMarkOrBlank(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** {@code str.rstrip(string.punctuation + " ")}. */
    static String stripTrailingMarks(String text) {
        int end = text.length();
        while (end > 0 && isMarkOrBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isMarkOrBlank(char character) {
        return character == ' ' || MARKS.indexOf(character) >= 0;
    }

    /** The text without any ASCII mark. */
    static String withoutMarks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (MARKS.indexOf(text.charAt(at)) < 0) {
                kept.append(text.charAt(at));
            }
        }
        return kept.toString();
    }

    /** {@code str.split()}: the pieces between white space, none of them empty. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int at = 0; at <= text.length(); at++) {
            boolean space = at == text.length() || isSpace(text.charAt(at));
            if (space && start >= 0) {
                words.add(text.substring(start, at));
                start = -1;
            } else if (!space && start < 0) {
                start = at;
            }
        }
        return words;
    }

    /** The number of characters, of which Java counts some twice. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** {@code str.strip(characters)}. */
    static String strip(String text, char unwanted) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == unwanted) {
            start++;
        }
        while (end > start && text.charAt(end - 1) == unwanted) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    /** {@code str.isupper}: at least one letter with case, and none that is not upper case. */
    static boolean isUpper(String text) {
        boolean cased = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (Character.isLowerCase(character) || Character.isTitleCase(character)) {
                return false;
            }
            cased |= Character.isUpperCase(character);
            at += Character.charCount(character);
        }
        return cased;
    }

    /** {@code str.islower}. */
    static boolean isLower(String text) {
        boolean cased = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (Character.isUpperCase(character) || Character.isTitleCase(character)) {
                return false;
            }
            cased |= Character.isLowerCase(character);
            at += Character.charCount(character);
        }
        return cased;
    }

    /** The number of matches of {@code \w+}: letters, numbers and the underscore, but no combining marks. */
    static int countWords(String text) {
        int words = 0;
        boolean inside = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            boolean word = isWord(character);
            words += word && !inside ? 1 : 0;
            inside = word;
            at += Character.charCount(character);
        }
        return words;
    }

    /** The matches of {@code \w+}. */
    static List<String> wordsOfLetters(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int at = 0; at <= text.length(); ) {
            int character = at < text.length() ? text.codePointAt(at) : ' ';
            if (isWord(character)) {
                start = start < 0 ? at : start;
            } else if (start >= 0) {
                words.add(text.substring(start, at));
                start = -1;
            }
            at += Character.charCount(character);
        }
        return words;
    }

    /** Whether {@code \w} matches a character. */
    static boolean isWord(int character) {
        int type = Character.getType(character);
        return character == '_'
                || Character.isLetterOrDigit(character)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** {@code str.split(separator)}: every piece, the empty ones too. */
    static List<String> split(String text, String separator) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            pieces.add(text.substring(start, at));
            start = at + separator.length();
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /**
     * A regular expression of the data, without regard to case.
     *
     * @throws PatternSyntaxException if it is none
     */
    static Pattern ignoringCase(String regex) {
        return Pattern.compile(regex, FLAGS);
    }

    /** A regular expression of the data, with regard to case. */
    static Pattern exact(String regex) {
        return Pattern.compile(regex, FLAGS & ~(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
}
