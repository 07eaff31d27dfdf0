package io.jenkins.plugins.cascade.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * One element of HTML or SVG, written so that it is well-formed XML as well. Whatever goes in as text or attribute value is escaped;
 * there is no way to add raw markup. Element and attribute names come from this package only. An element of more than 4 million
 * characters is refused with {@link TooLargeException}, so that no record can make a page that no browser shows.
 */
final class Markup {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9:-]*");
    private static final int MOST = 4 << 20;
    private static final char REPLACEMENT = '\uFFFD';

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private Markup(String name) {
        this.name = name;
    }

    /** An empty element. */
    static Markup of(String name) {
        return new Markup(checked(name));
    }

    /** An element with a class. */
    static Markup of(String name, String styleClass) {
        return of(name).attr("class", styleClass);
    }

    /** An element that holds text. */
    static Markup text(String name, String text) {
        return of(name).text(text);
    }

    Markup attr(String attribute, String value) {
        attributes.append(' ').append(checked(attribute)).append("=\"");
        escape(value, attributes);
        attributes.append('"');
        return this;
    }

    /**
     * A coordinate or a length with at most two decimals.
     *
     * @throws IllegalArgumentException when it is not finite: a chart must not be drawn from it
     */
    Markup attr(String attribute, double value) {
        return attr(attribute, number(value));
    }

    Markup text(String text) {
        escape(text, content);
        return bounded();
    }

    Markup add(Markup child) {
        child.appendTo(content);
        return bounded();
    }

    Markup add(Iterable<Markup> children) {
        children.forEach(this::add);
        return this;
    }

    private Markup bounded() {
        if (content.length() > MOST) {
            throw new TooLargeException();
        }
        return this;
    }

    /** A page would become too large to be shown. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("A part of the page is larger than " + MOST + " characters");
        }
    }

    /** A number as SVG takes it. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A coordinate must be finite, but is " + value);
        }
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The element, escaped and well-formed. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }

    private void appendTo(StringBuilder out) {
        out.append('<').append(name).append(attributes);
        if (content.length() == 0 && isVoid()) {
            out.append("/>");
        } else {
            out.append('>').append(content).append("</").append(name).append('>');
        }
    }

    /** HTML elements that have no end tag, and SVG shapes; an empty {@code <p/>} would mean an open paragraph to an HTML parser. */
    private boolean isVoid() {
        return switch (name) {
            case "meta", "br", "line", "path", "circle", "rect", "polyline" -> true;
            default -> false;
        };
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of an element or an attribute: " + name);
        }
        return name;
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) ? c : REPLACEMENT);
            }
        });
    }

    /** The characters of XML 1.0, without carriage return and C1 controls. */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c >= 0x20 && c < 0x7F
                || c >= 0xA0 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
