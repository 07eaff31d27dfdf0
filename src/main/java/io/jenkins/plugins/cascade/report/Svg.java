package io.jenkins.plugins.cascade.report;

/**
 * The few SVG elements that the charts are made of. Colours stand in presentation attributes for a light page and are overridden by the
 * style sheet's classes, so a chart can be read where a content security policy blocks every style (Jenkins shows archived files so).
 */
final class Svg {
    /** Namespace, so that a chart can also stand in a file of its own. */
    static final String NAMESPACE = "http://www.w3.org/2000/svg";

    static final String INK = "#1c2733";
    static final String MUTED = "#566472";
    static final String RULE = "#d5dbe1";
    private static final double SMALL = 11;

    private Svg() {}

    /** A drawing area of that many units; it grows and shrinks with its container. */
    static Markup root(double width, double height, String styleClass) {
        return Markup.of("svg", styleClass)
                .attr("xmlns", NAMESPACE)
                .attr("viewBox", "0 0 " + Markup.number(width) + " " + Markup.number(height))
                .attr("width", width)
                .attr("height", height)
                .attr("font-family", "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif");
    }

    /** A drawing area that a screen reader announces as one picture with a title and a description. */
    static Markup picture(double width, double height, String title, String description) {
        return root(width, height, "cc-chart")
                .attr("role", "img")
                .attr("aria-label", title + ". " + description)
                .add(Markup.text("title", title))
                .add(Markup.text("desc", description));
    }

    static Markup line(String styleClass, double x1, double y1, double x2, double y2, String colour) {
        return Markup.of("line", styleClass)
                .attr("x1", x1)
                .attr("y1", y1)
                .attr("x2", x2)
                .attr("y2", y2)
                .attr("stroke", colour);
    }

    static Markup label(double x, double y, String anchor, String text) {
        return Markup.of("text", "cc-label")
                .attr("x", x)
                .attr("y", y)
                .attr("text-anchor", anchor)
                .attr("font-size", SMALL)
                .attr("fill", MUTED)
                .text(text);
    }

    /** A number that stands beside its point. */
    static Markup value(double x, double y, String anchor, String text) {
        return Markup.of("text", "cc-value")
                .attr("x", x)
                .attr("y", y)
                .attr("text-anchor", anchor)
                .attr("font-size", SMALL)
                .attr("font-weight", "600")
                .attr("fill", INK)
                .text(text);
    }

    static Markup title(double x, double y, String text) {
        return Markup.of("text", "cc-title")
                .attr("x", x)
                .attr("y", y)
                .attr("font-size", 13)
                .attr("font-weight", "600")
                .attr("fill", INK)
                .text(text);
    }

    /** Path data through points, given as x and y in turn. */
    static String path(double... coordinates) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i + 1 < coordinates.length; i += 2) {
            data.append(i == 0 ? 'M' : 'L')
                    .append(Markup.number(coordinates[i]))
                    .append(' ')
                    .append(Markup.number(coordinates[i + 1]));
        }
        return data.toString();
    }
}
