package io.jenkins.plugins.cascade.report;

/** One metric over the steps of a training phase, with its last value written at its end. */
final class CurveChart {
    /** Most points of a line. */
    static final int MOST_POINTS = 400;

    private static final double WIDTH = 260;
    private static final double HEIGHT = 138;
    private static final double LEFT = 46;
    private static final double RIGHT = WIDTH - 54;
    private static final double TOP = 28;
    private static final double BOTTOM = HEIGHT - 22;
    private static final double FLAT = 1e-9;

    private CurveChart() {}

    /** A panel; the curve must have at least one point. */
    static Markup panel(String title, Curve all) {
        Curve curve = all.reduced(MOST_POINTS);
        int last = curve.size() - 1;
        Markup svg = Svg.picture(WIDTH, HEIGHT, title + " over training steps", description(all));
        svg.add(Svg.title(0, 13, PlainText.cut(title, 34)));
        double low = curve.least();
        double high = curve.greatest();
        Scale vertical = Scale.over(low, high, leastSpan(low, high), BOTTOM, TOP);
        Scale horizontal = Scale.over(curve.step(0), curve.step(last), 1, LEFT, RIGHT);
        axes(svg, vertical, horizontal);
        svg.add(line(curve, horizontal, vertical));
        double endX = horizontal.at(curve.step(last));
        double endY = vertical.at(curve.value(last));
        svg.add(Tone.PLAIN.mark(endX, endY));
        svg.add(Svg.value(endX + 7, endY + 4, "start", Figures.value(curve.value(last))));
        return svg;
    }

    /** A curve that never moves stands in the middle of an axis with readable ticks; noise of one per mille is not blown up. */
    private static double leastSpan(double low, double high) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (low == high) {
            return size < FLAT ? 1 : size;
        }
        return Math.max(size * 1e-3, FLAT);
    }

    private static void axes(Markup svg, Scale vertical, Scale horizontal) {
        for (double tick : vertical.ticks(3)) {
            double y = vertical.at(tick);
            svg.add(Svg.line("cc-grid", LEFT, y, RIGHT, y, Svg.RULE));
            svg.add(Svg.label(LEFT - 5, y + 4, "end", Figures.value(tick)));
        }
        for (double tick : horizontal.ticks(3)) {
            if (tick == Math.rint(tick)) {
                svg.add(Svg.label(horizontal.at(tick), BOTTOM + 16, "middle", Figures.value(tick)));
            }
        }
    }

    private static Markup line(Curve curve, Scale horizontal, Scale vertical) {
        double[] coordinates = new double[2 * curve.size()];
        for (int i = 0; i < curve.size(); i++) {
            coordinates[2 * i] = horizontal.at(curve.step(i));
            coordinates[2 * i + 1] = vertical.at(curve.value(i));
        }
        return Markup.of("path", "cc-series")
                .attr("d", Svg.path(coordinates))
                .attr("fill", "none")
                .attr("stroke", Tone.PLAIN.colour())
                .attr("stroke-width", 1.5)
                .attr("stroke-linejoin", "round");
    }

    private static String description(Curve curve) {
        int last = curve.size() - 1;
        return "From " + Figures.value(curve.value(0)) + " at step " + curve.step(0) + " to "
                + Figures.value(curve.value(last)) + " at step " + curve.step(last) + ", least "
                + Figures.value(curve.least()) + ", greatest " + Figures.value(curve.greatest());
    }
}
