package io.jenkins.plugins.cascade.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A benchmark's score over the stages with 95 % intervals, after Figure 1 of Nemotron-Cascade (arXiv 2512.13607), one panel a benchmark.
 * The vertical axis is the panel's own and does not start at 0; it spans at least {@link #LEAST_SPAN} so that noise does not look large.
 */
final class ScoreChart {
    /** Width of a panel. */
    static final double WIDTH = 340;
    /** Left end of the horizontal axis. */
    static final double LEFT = 34;
    /** Right end of the horizontal axis. */
    static final double RIGHT = WIDTH - 12;
    /** Upper end of the vertical axis. */
    static final double TOP = 44;
    /** Lower end of the vertical axis. */
    static final double BOTTOM = 164;

    /** Smallest range of the vertical axis, a fraction. */
    static final double LEAST_SPAN = 0.10;

    /** Most places that are labelled with their names and values. */
    static final int FEW = 7;

    private static final double PADDING = 0.12;

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_LABEL = 14;
    private static final double CHARACTER = 6;
    private static final double NARROWEST = 18;

    private final String benchmark;
    private final List<ScorePoint> points;
    private final Scale vertical;

    private ScoreChart(String benchmark, List<ScorePoint> points) {
        this.benchmark = benchmark;
        this.points = points;
        this.vertical = vertical(points);
    }

    /** The panel of one benchmark; without a single score it says so. */
    static Markup panel(String benchmark, List<ScorePoint> points) {
        return new ScoreChart(benchmark, points).draw();
    }

    private Markup draw() {
        Markup svg = Svg.picture(WIDTH, BOTTOM + 24, benchmark + ": score over the stages", description());
        svg.add(Svg.title(0, 14, PlainText.cut(benchmark, LONGEST_NAME)));
        axes(svg);
        for (int i = 0; i < points.size(); i++) {
            join(svg, i);
        }
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).drawn()) {
                point(svg, i);
            }
        }
        return svg;
    }

    private void axes(Markup svg) {
        for (double tick : vertical.ticks(4)) {
            double y = vertical.at(tick);
            svg.add(Svg.line("cc-grid", LEFT, y, RIGHT, y, Svg.RULE));
            svg.add(Svg.label(LEFT - 6, y + 4, "end", Figures.value(Math.rint(tick * 1000) / 10)));
        }
        for (int i = 0; i < points.size(); i += labelled()) {
            svg.add(Svg.label(x(i), BOTTOM + 18, "middle", label(i)));
        }
    }

    /** A name where names fit, otherwise the place's number, from 1. */
    private String label(int i) {
        return points.size() > FEW
                ? Integer.toString(i + 1)
                : PlainText.cut(points.get(i).label(), (int) Math.min(LONGEST_LABEL, slot() / CHARACTER));
    }

    /** Every how many places there is room for a label. */
    private int labelled() {
        return (int) Math.ceil(NARROWEST / slot());
    }

    private void join(Markup svg, int i) {
        ScorePoint point = points.get(i);
        if (!point.drawn() || point.parent() < 0 || !points.get(point.parent()).drawn()) {
            return;
        }
        ScorePoint parent = points.get(point.parent());
        Markup line = Svg.line(
                        "cc-series",
                        x(point.parent()),
                        vertical.at(parent.mean()),
                        x(i),
                        vertical.at(point.mean()),
                        Tone.PLAIN.colour())
                .attr("stroke-width", 1.5);
        if (!point.accepted()) {
            line.attr("stroke-dasharray", "3 3");
        }
        svg.add(line);
    }

    private void point(Markup svg, int i) {
        ScorePoint point = points.get(i);
        double x = x(i);
        double top = vertical.at(point.high());
        double bottom = vertical.at(point.low());
        String styleClass = "cc-stroke cc-" + point.tone().styleClass();
        if (point.halfWidth() > 0) {
            String colour = point.tone().colour();
            svg.add(Svg.line(styleClass, x, top, x, bottom, colour));
            svg.add(Svg.line(styleClass, x - 3, top, x + 3, top, colour));
            svg.add(Svg.line(styleClass, x - 3, bottom, x + 3, bottom, colour));
        }
        svg.add(point.tone().mark(x, vertical.at(point.mean())));
        if (points.size() <= FEW || i == lastDrawn() || point.tone() == Tone.BAD) {
            double y = isValley(i)
                    ? Math.max(bottom, vertical.at(point.mean()) + 4) + 12
                    : Math.min(top, vertical.at(point.mean()) - 4) - 5;
            svg.add(Svg.value(x, y, "middle", Figures.percent(point.mean())));
        }
    }

    /** Whether the lines at this point go up, so that its value is easier to read below it. */
    private boolean isValley(int i) {
        double rise = 0;
        if (i > 0 && points.get(i - 1).drawn()) {
            rise += points.get(i - 1).mean() - points.get(i).mean();
        }
        if (i + 1 < points.size() && points.get(i + 1).drawn()) {
            rise += points.get(i + 1).mean() - points.get(i).mean();
        }
        double room = BOTTOM - vertical.at(points.get(i).low());
        return rise > (vertical.to() - vertical.from()) / 4 && room > 8;
    }

    private int lastDrawn() {
        int last = points.size() - 1;
        while (!points.get(last).drawn()) {
            last--;
        }
        return last;
    }

    private double slot() {
        return points.isEmpty() ? RIGHT - LEFT : (RIGHT - LEFT) / points.size();
    }

    private double x(int i) {
        return LEFT + slot() * (i + 0.5);
    }

    private String description() {
        String scores = points.stream()
                .filter(ScorePoint::drawn)
                .map(point -> point.label() + " " + Figures.percent(point.mean())
                        + (point.halfWidth() > 0 ? " ± " + Figures.percent(point.halfWidth()) : "") + " %")
                .collect(Collectors.joining(", "));
        return scores.isEmpty() ? "No stage has a score" : scores;
    }

    static Scale vertical(List<ScorePoint> points) {
        List<ScorePoint> drawn = points.stream().filter(ScorePoint::drawn).toList();
        double low = drawn.stream().mapToDouble(ScorePoint::low).min().orElse(0);
        double high = drawn.stream().mapToDouble(ScorePoint::high).max().orElse(1);
        boolean shares = drawn.stream().allMatch(point -> point.mean() >= 0 && point.mean() <= 1);
        double pad = (high - low) * PADDING;
        Scale scale = Scale.over(low - pad, high, LEAST_SPAN, BOTTOM, TOP);
        return shares ? shifted(scale) : scale;
    }

    /** Moves the axis of shares that would leave 0 to 1 back inside, keeping its span where that fits. */
    private static Scale shifted(Scale scale) {
        double span = Math.min(1, scale.to() - scale.from());
        double from = Math.max(0, Math.min(1 - span, scale.from()));
        return new Scale(from, from + span, scale.start(), scale.end());
    }
}
