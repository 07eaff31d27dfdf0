package io.jenkins.plugins.cascade.report;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A benchmark's score over the builds of a job with 95 % intervals; the champion under a star, its score as a line to compare with. */
final class TrendChart {
    private static final double WIDTH = 340;
    private static final double LEFT = 34;
    private static final double RIGHT = WIDTH - 12;
    private static final double LABEL = 34;
    private static final double WHISKERS = 7;
    private static final int LONGEST_NAME = 40;
    private static final double STAR = 6;

    private final String benchmark;
    private final List<ScorePoint> points;
    private final int champion;
    private final IntFunction<String> href;
    private final Scale vertical;

    private TrendChart(String benchmark, List<ScorePoint> points, int champion, IntFunction<String> href) {
        this.benchmark = PlainText.cut(benchmark, LONGEST_NAME);
        this.points = points;
        this.champion = champion;
        this.href = href;
        this.vertical = ScoreChart.vertical(points);
    }

    /**
     * The panel of one benchmark.
     *
     * @param href address of the page of the build at a place
     */
    static Markup panel(String benchmark, Trend trend, IntFunction<String> href) {
        List<ScorePoint> points = trend.over(benchmark);
        OptionalInt champion = trend.champion();
        boolean drawn = champion.isPresent() && points.get(champion.getAsInt()).drawn();
        return new TrendChart(benchmark, points, drawn ? champion.getAsInt() : -1, href).draw();
    }

    private Markup draw() {
        Markup svg = Svg.picture(WIDTH, ScoreChart.BOTTOM + 24, benchmark + ": score over the builds", description());
        svg.add(Svg.title(0, 14, benchmark));
        axes(svg);
        for (int i = 0; i < points.size(); i++) {
            join(svg, i);
        }
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).drawn()) {
                svg.add(point(i));
            }
        }
        values(svg);
        return svg;
    }

    private void axes(Markup svg) {
        for (double tick : vertical.ticks(4)) {
            double y = vertical.at(tick);
            svg.add(Svg.line("cc-grid", LEFT, y, RIGHT, y, Svg.RULE));
            svg.add(Svg.label(LEFT - 6, y + 4, "end", Figures.value(Math.rint(tick * 1000) / 10)));
        }
        int every = (int) Math.max(1, Math.ceil(LABEL / slot()));
        for (int i = points.size() - 1; i >= 0; i -= every) {
            svg.add(Svg.label(
                    x(i), ScoreChart.BOTTOM + 18, "middle", points.get(i).label()));
        }
        if (champion >= 0) {
            double y = vertical.at(points.get(champion).mean());
            svg.add(Svg.line("cc-champion", x(champion), y, RIGHT, y, Tone.GOOD.colour())
                    .attr("stroke-dasharray", "6 3"));
        }
    }

    private void join(Markup svg, int i) {
        ScorePoint point = points.get(i);
        if (!point.drawn() || point.parent() < 0) {
            return;
        }
        double fromX = x(point.parent());
        double fromY = vertical.at(points.get(point.parent()).mean());
        Markup line = Svg.line("cc-series", fromX, fromY, x(i), vertical.at(point.mean()), Tone.PLAIN.colour())
                .attr("stroke-width", 1.5);
        if (!point.accepted()) {
            line.attr("stroke-dasharray", "3 3");
        }
        svg.add(line);
    }

    /** The point as a link to its build; keyboards reach the same links in the table. */
    private Markup point(int i) {
        ScorePoint point = points.get(i);
        double x = x(i);
        Markup link = Markup.of("a").attr("href", href.apply(i)).attr("tabindex", "-1");
        link.add(Markup.text("title", spoken(point)));
        if (point.halfWidth() > 0 && slot() >= WHISKERS) {
            String styleClass = "cc-stroke cc-" + point.tone().styleClass();
            link.add(Svg.line(
                    styleClass,
                    x,
                    vertical.at(point.high()),
                    x,
                    vertical.at(point.low()),
                    point.tone().colour()));
        }
        return link.add(point.tone().mark(x, vertical.at(point.mean())));
    }

    /** The champion under its star, and the score of the last build. */
    private void values(Markup svg) {
        int last = points.size() - 1;
        while (last >= 0 && !points.get(last).drawn()) {
            last--;
        }
        if (champion >= 0) {
            double top = above(champion);
            svg.add(star(x(champion), top - STAR - 12));
            svg.add(value(champion, top));
        }
        if (last >= 0 && last != champion && Math.abs(x(last) - x(champion < 0 ? 0 : champion)) > LABEL) {
            svg.add(value(last, above(last)));
        }
    }

    private double above(int i) {
        ScorePoint point = points.get(i);
        double high = slot() >= WHISKERS ? point.high() : point.mean();
        return Math.min(vertical.at(high), vertical.at(point.mean()) - 4) - 5;
    }

    private Markup value(int i, double y) {
        return Svg.value(x(i), y, "middle", Figures.percent(points.get(i).mean()));
    }

    private static Markup star(double x, double y) {
        double[] corners = new double[20];
        for (int i = 0; i < 10; i++) {
            double radius = i % 2 == 0 ? STAR : STAR * 0.42;
            double angle = Math.PI * (i / 5.0 - 0.5);
            corners[2 * i] = x + radius * Math.cos(angle);
            corners[2 * i + 1] = y + radius * Math.sin(angle);
        }
        return Markup.of("path", "cc-fill cc-good cc-star")
                .attr("d", Svg.path(corners) + "Z")
                .attr("fill", Tone.GOOD.colour());
    }

    /** The star beside a word, for legends and tables. */
    static Markup badge(String word) {
        Markup icon = Svg.root(12, 12, "cc-icon").attr("aria-hidden", "true").add(star(6, 6));
        return Markup.of("span", "badge cc-text-good").add(icon).add(Markup.text("span", word));
    }

    private double slot() {
        return (RIGHT - LEFT) / Math.max(1, points.size());
    }

    private double x(int i) {
        return LEFT + slot() * (i + 0.5);
    }

    private static String spoken(ScorePoint point) {
        return point.label() + " " + Figures.percent(point.mean())
                + (point.halfWidth() > 0 ? " ± " + Figures.percent(point.halfWidth()) : "") + " %";
    }

    private String description() {
        String scores = points.stream()
                .filter(ScorePoint::drawn)
                .map(TrendChart::spoken)
                .collect(Collectors.joining(", "));
        String best = champion < 0 ? "" : "; champion " + points.get(champion).label();
        return scores.isEmpty() ? "No build has a score" : scores + best;
    }
}
