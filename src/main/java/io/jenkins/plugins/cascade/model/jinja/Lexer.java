package io.jenkins.plugins.cascade.model.jinja;

import io.jenkins.plugins.cascade.model.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with {@code trim_blocks} and {@code lstrip_blocks} as transformers sets them: the white space before a tag that
 * begins its line, and the line break after a tag, are no text.
 */
final class Lexer {
    private static final Pattern OPEN = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d_]*(\\.\\d[\\d_]*)?([eE][+-]?\\d+)?");
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", "<", ">",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean stripNext;
    private boolean trimNext;

    Lexer(String template) {
        String unix = template.replace("\r\n", "\n").replace('\r', '\n');
        source = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    List<Token> tokens() {
        Matcher open = OPEN.matcher(source);
        while (at < source.length()) {
            if (!open.find(at)) {
                text(source.substring(at), "", false);
                at = source.length();
                break;
            }
            int start = open.start();
            String kind = open.group();
            String control = start + 2 < source.length() ? source.substring(start + 2, start + 3) : "";
            text(source.substring(at, start), control, !kind.equals("{{"));
            at = start;
            Matcher raw = RAW.matcher(source).region(start, source.length());
            if (raw.lookingAt()) {
                raw(raw);
            } else if (kind.equals("{#")) {
                comment();
            } else {
                code(kind, control);
            }
        }
        tokens.add(new Token(Kind.END, "", line()));
        return tokens;
    }

    /** Text up to what opens with a control sign, or the template's end. */
    private void text(String text, String control, boolean tag) {
        String kept = text;
        if (stripNext) {
            kept = Values.stripLeft(kept, null);
        } else if (trimNext && kept.startsWith("\n")) {
            kept = kept.substring(1);
        }
        boolean wasCut = stripNext || trimNext;
        stripNext = false;
        trimNext = false;
        if (control.equals("-")) {
            kept = Values.stripRight(kept, null);
        } else if (tag && !control.equals("+")) {
            kept = withoutIndent(kept, text, wasCut);
        }
        if (!kept.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, kept, line()));
        }
    }

    /** Without the white space after the last line break, if nothing else stands there. */
    private String withoutIndent(String kept, String whole, boolean wasCut) {
        int lineStart = whole.lastIndexOf('\n') + 1;
        boolean beginsLine = lineStart > 0 || at == 0;
        if (!beginsLine || !whole.substring(lineStart).matches("[ \\t]*")) {
            return kept;
        }
        int indent = whole.length() - lineStart;
        return indent > kept.length() && wasCut ? "" : kept.substring(0, kept.length() - indent);
    }

    private void raw(Matcher begin) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(begin.end())) {
            throw failure("a raw block does not end");
        }
        String body = source.substring(begin.end(), end.start());
        stripNext = begin.group(1).equals("-");
        trimNext = !stripNext;
        at = begin.end();
        text(body, end.group(1), true);
        at = end.end();
        after(end.group(2));
    }

    private void comment() {
        int end = source.indexOf("#}", at + 2);
        if (end < 0) {
            throw failure("a comment does not end");
        }
        String control = source.substring(end - 1, end);
        at = end + 2;
        after(control);
    }

    private void after(String control) {
        stripNext = control.equals("-");
        trimNext = !control.equals("+") && !stripNext;
    }

    private void code(String kind, String control) {
        boolean print = kind.equals("{{");
        tokens.add(new Token(print ? Kind.PRINT_BEGIN : Kind.TAG_BEGIN, kind, line()));
        at += 2 + (control.equals("-") || control.equals("+") ? 1 : 0);
        String close = print ? "}}" : "%}";
        int brackets = 0;
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw failure("a " + (print ? "{{" : "{%") + " does not end");
            }
            String sign = source.substring(at, at + 1);
            boolean signed = (sign.equals("-") || sign.equals("+") && !print) && source.startsWith(close, at + 1);
            if (brackets == 0 && (signed || source.startsWith(close, at))) {
                tokens.add(new Token(print ? Kind.PRINT_END : Kind.TAG_END, close, line()));
                at += close.length() + (signed ? 1 : 0);
                stripNext = signed && sign.equals("-");
                trimNext = !print && !signed;
                return;
            }
            Token token = token();
            tokens.add(token);
            brackets += token.kind() != Kind.OPERATOR
                    ? 0
                    : "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
        }
    }

    private Token token() {
        int line = line();
        char sign = source.charAt(at);
        if (sign == '\'' || sign == '"') {
            return new Token(Kind.STRING, string(sign), line);
        }
        Matcher name = NAME.matcher(source).region(at, source.length());
        if (name.lookingAt()) {
            at = name.end();
            return new Token(Kind.NAME, name.group(), line);
        }
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (number.lookingAt()) {
            at = number.end();
            boolean whole = number.group(1) == null && number.group(2) == null;
            return new Token(whole ? Kind.INTEGER : Kind.FLOAT, number.group().replace("_", ""), line);
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Kind.OPERATOR, operator, line);
            }
        }
        throw failure("the sign '" + sign + "' is not expected");
    }

    private String string(char quote) {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        for (; i < source.length() && source.charAt(i) != quote; i++) {
            char sign = source.charAt(i);
            if (sign != '\\' || i + 1 == source.length()) {
                value.append(sign);
                continue;
            }
            i += escape(value, i + 1);
        }
        if (i >= source.length()) {
            throw failure("a string does not end");
        }
        at = i + 1;
        return value.toString();
    }

    /** Appends what an escape stands for, as in Python; returns how many signs follow the backslash. */
    private int escape(StringBuilder value, int i) {
        char sign = source.charAt(i);
        int plain = "\\'\"nrtabfv0\n".indexOf(sign);
        if (plain >= 0) {
            value.append(
                    "\\'\"\n\r\t\u0007\b\f\u000b\0".length() > plain
                            ? "\\'\"\n\r\t\u0007\b\f\u000b\0".substring(plain, plain + 1)
                            : "");
            return 1;
        }
        int digits = sign == 'x' ? 2 : sign == 'u' ? 4 : sign == 'U' ? 8 : 0;
        if (digits == 0) {
            if (Character.isDigit(sign) || sign == 'N') {
                throw failure("the escape \\" + sign + " is not supported");
            }
            value.append('\\').append(sign);
            return 1;
        }
        try {
            value.appendCodePoint(Integer.parseInt(source.substring(i + 1, i + 1 + digits), 16));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw failure("the escape \\" + sign + " is not complete");
        }
        return 1 + digits;
    }

    private void skipSpace() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private int line() {
        return 1
                + (int) source.substring(0, Math.min(at, source.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private JinjaException failure(String what) {
        return new JinjaException(what + " (line " + line() + ")");
    }
}
