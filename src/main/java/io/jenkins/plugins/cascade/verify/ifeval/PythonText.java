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

    private static boolean isWord(int character) {
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
