package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an answer in LaTeX or plain text into tokens. */
final class Lexer {

    /** Longer answers are not read. */
    static final int MAX_LENGTH = 2000;

    private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++|\\.(?=\\\\overline))?+|\\.\\d++");
    private static final Pattern THOUSANDS =
            Pattern.compile("\\d{1,3}(?:(?:,|\\{,\\})\\d{3})++(?:\\.\\d++)?+(?![\\d,])");
    private static final Pattern SPACED_THOUSANDS =
            Pattern.compile("\\d{1,3}(?:(?:\\\\,| )\\d{3})++(?:\\.\\d++)?+(?!\\d)");
    private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?\\d{1,4}(?![\\d.])");
    private static final Pattern OVERLINE = Pattern.compile("\\\\overline\\{(\\d{1,50})\\}");
    private static final Pattern DEGREE = Pattern.compile("\\^\\s*(?:\\\\circ|\\{\\s*\\\\circ\\s*\\}|°)");
    private static final Pattern SINGLE_DIGIT_POWER = Pattern.compile("\\^\\s*\\{\\s*(\\d)\\s*\\}");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}++");
    /** Words with a hyphen or an apostrophe, one part of at least three letters: {@code x-y} and {@code ab-cd} are differences. */
    private static final Pattern COMPOUND = Pattern.compile(
            "(?=\\p{L}{3}|\\p{L}++(?:['-]\\p{L}{1,2}+(?!\\p{L}))*+['-]\\p{L}{3})\\p{L}++(?:['-]\\p{L}++)++");

    private static final Set<String> SHORT_WORDS = Set.of("no", "am", "pm");

    private final String source;
    private final boolean thousands;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int depth;
    private boolean spaced;
    private int singleDigits;

    private Lexer(String source, boolean thousands) {
        this.source = source;
        this.thousands = thousands;
    }

    /**
     * Cuts a text.
     *
     * @param thousands whether {@code 1,234} outside brackets is one number
     * @throws NotMathematicsException on a character or a command outside the grammar, or a text over {@link #MAX_LENGTH}
     */
    static List<Token> tokens(String text, boolean thousands) throws NotMathematicsException {
        if (text.length() > MAX_LENGTH) {
            throw new NotMathematicsException("the answer is longer than " + MAX_LENGTH + " characters");
        }
        Lexer lexer = new Lexer(text, thousands);
        while (lexer.position < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() throws NotMathematicsException {
        char character = source.charAt(position);
        if (Character.isWhitespace(character) || character == '~' || character == '$') {
            spaced = true;
            position++;
        } else if (isDigit(character)
                || character == '.' && position + 1 < source.length() && isDigit(source.charAt(position + 1))) {
            number();
        } else if (character == '\\') {
            command();
        } else if (Character.isLetter(character) && Vocabulary.symbol(character) == null) {
            letters();
        } else if (character == '^' && match(DEGREE) != null) {
            add(Kind.DEGREE, "deg");
        } else if (character == '^') {
            power();
        } else {
            symbol(character);
        }
    }

    /** Braces around a single digit say nothing: {@code cm^{2}} is {@code cm^2}. */
    private void power() {
        Matcher digit = match(SINGLE_DIGIT_POWER);
        position += digit == null ? 1 : 0;
        add(Kind.OPERATOR, "^");
        if (digit != null) {
            add(Kind.NUMBER, digit.group(1));
        }
    }

    private void number() throws NotMathematicsException {
        if (singleDigits > 0) {
            singleDigits--;
            add(Kind.NUMBER, source.substring(position, ++position));
            return;
        }
        Matcher grouped = depth == 0 && thousands ? match(THOUSANDS) : null;
        if (grouped == null && depth == 0) {
            grouped = match(SPACED_THOUSANDS);
        }
        if (grouped != null) {
            add(Kind.NUMBER, grouped.group().replaceAll("[^\\d.]", ""));
            return;
        }
        String digits = match(NUMBER).group();
        Matcher repeating = digits.indexOf('.') >= 0 ? match(OVERLINE) : null;
        if (repeating != null) {
            add(Kind.NUMBER, digits + "(" + repeating.group(1) + ")");
            return;
        }
        Matcher exponent = match(EXPONENT);
        add(Kind.NUMBER, exponent == null ? digits : digits + exponent.group().toLowerCase(Locale.ROOT));
    }

    private void command() throws NotMathematicsException {
        int end = position + 1;
        while (end < source.length() && isAsciiLetter(source.charAt(end))) {
            end++;
        }
        if (end == position + 1) {
            escaped();
            return;
        }
        String name = source.substring(position + 1, end);
        position = end;
        if (Vocabulary.IGNORED.contains(name)) {
            spaced = true;
        } else if (Vocabulary.TEXT_COMMANDS.contains(name)) {
            text(braces());
        } else if (Vocabulary.FONT_COMMANDS.contains(name)) {
            font(braces());
        } else if (name.equals("mathbb")) {
            add(Kind.WORD, "mathbb" + braces().trim());
        } else if (name.equals("begin") || name.equals("end")) {
            add(name.equals("begin") ? Kind.BEGIN : Kind.END, braces().replace("*", ""));
        } else {
            named(name);
        }
    }

    private void named(String name) throws NotMathematicsException {
        Token token = Vocabulary.command(name);
        if (token == null) {
            throw new NotMathematicsException("\\" + name + " is not part of an answer");
        }
        add(token.kind(), token.text());
        if (token.is(Kind.COMMAND, "frac") || token.is(Kind.COMMAND, "binom")) {
            singleDigits = 2;
        }
    }

    /** A backslash before something that is no letter. */
    private void escaped() throws NotMathematicsException {
        char character = position + 1 < source.length() ? source.charAt(position + 1) : ' ';
        position += 2;
        switch (character) {
            case '\\' -> add(Kind.ROW, "\\\\");
            case '{' -> add(Kind.OPEN, "\\{");
            case '}' -> add(Kind.CLOSE, "\\}");
            case '$' -> add(Kind.CURRENCY, "usd");
            case '%' -> add(Kind.PERCENT, "%");
            case ',', ';', ':', '!', ' ', '(', ')', '[', ']' -> spaced = true;
            default -> throw new NotMathematicsException("\\" + character + " is not part of an answer");
        }
    }

    /** Words of a text command: never products of variables. */
    private void text(String content) throws NotMathematicsException {
        for (Token token : tokens(content, thousands)) {
            Kind kind = token.is(Kind.LETTER) || token.is(Kind.CONSTANT) || token.is(Kind.FUNCTION)
                    ? Kind.WORD
                    : token.kind();
            spaced = true;
            add(kind, token.text());
        }
        spaced = true;
    }

    private void font(String content) throws NotMathematicsException {
        String letters = content.trim();
        if (letters.length() > 1) {
            text(content);
        } else if (!letters.isEmpty()) {
            tokens.addAll(tokens(letters, thousands));
        }
    }

    private void letters() {
        boolean apart = spaced || tokens.isEmpty();
        Matcher compound = apart ? match(COMPOUND) : null;
        String word = compound == null ? match(LETTERS).group() : compound.group();
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("or") || lower.equals("and")) {
            add(Kind.JOIN, lower);
        } else if (lower.equals("pi")) {
            add(Kind.CONSTANT, "pi");
        } else if (lower.equals("inf") || lower.equals("infinity")) {
            add(Kind.CONSTANT, "inf");
        } else if (lower.equals("sqrt")) {
            add(Kind.COMMAND, "sqrt");
        } else if (Vocabulary.FUNCTIONS.contains(word)) {
            add(Kind.FUNCTION, word);
        } else if (word.length() > 1
                && (Units.isUnit(word) || SHORT_WORDS.contains(lower) || word.length() > 2 && apart)) {
            add(Kind.WORD, word);
        } else {
            for (char letter : word.toCharArray()) {
                add(letter == 'e' || letter == 'i' ? Kind.CONSTANT : Kind.LETTER, String.valueOf(letter));
            }
        }
    }

    private void symbol(char character) throws NotMathematicsException {
        if (position + 1 < source.length()) {
            String pair = source.substring(position, position + 2);
            boolean relation = pair.equals("<=") || pair.equals(">=") || pair.equals("!=");
            if (relation || pair.equals("**")) {
                position += 2;
                add(relation ? Kind.RELATION : Kind.OPERATOR, relation ? pair : "^");
                return;
            }
        }
        position++;
        if (character == '²' || character == '³') {
            add(Kind.OPERATOR, "^");
            add(Kind.NUMBER, character == '²' ? "2" : "3");
            return;
        }
        Token token = Vocabulary.symbol(character);
        if (token == null) {
            throw new NotMathematicsException("'" + character + "' is not part of an answer");
        }
        add(token.kind(), token.text());
    }

    /** The content of the braces that stand here. */
    private String braces() throws NotMathematicsException {
        while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
            position++;
        }
        int open = 0;
        for (int at = position; at < source.length(); at++) {
            char character = source.charAt(at);
            if (character == '{') {
                open++;
            } else if (character == '}' && --open == 0) {
                String content = source.substring(position + 1, at);
                position = at + 1;
                return content;
            }
            if (open == 0) {
                break;
            }
        }
        throw new NotMathematicsException("braces are missing or not closed");
    }

    /** Whether a pattern stands here; if so it is consumed. */
    private Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(position, source.length());
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher;
    }

    private void add(Kind kind, String text) {
        if (kind != Kind.NUMBER) {
            singleDigits = kind == Kind.OPEN ? 0 : singleDigits;
        }
        depth += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
        tokens.add(new Token(kind, text, spaced));
        spaced = false;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isAsciiLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }
}
