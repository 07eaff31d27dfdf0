package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The differences of a gate as intervals on one common axis, a row for each benchmark: the zero line, the limit that decides (the margin,
 * or a target's required gain) and the side of it that is not acceptable.
 */
final class ForestPlot {
    /** Width of a row. */
    static final double WIDTH = 240;
    /** Height of a row. */
    static final double HEIGHT = 28;

    private static final double PADDING = 0.06;
    private static final double LEAST_SPAN = 0.02;
    private static final double EDGE = 8;
    private static final double MIDDLE = HEIGHT / 2;

    private final Scale scale;

    private ForestPlot(Scale scale) {
        this.scale = scale;
    }

    /** The plot of a decision; benchmarks without numbers take part with their limit only. */
    static ForestPlot of(GateDecision decision) {
        List<BenchmarkDecision> rows = decision.benchmarks();
        double[] values = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.lower(), row.upper(), row.difference(), limit(row), 0))
                .filter(Scale::fits)
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(0);
        double pad = (high - low) * PADDING;
        return new ForestPlot(Scale.over(low - pad, high + pad, LEAST_SPAN, EDGE, WIDTH - EDGE));
    }

    /** What the lower bound is held against. */
    static double limit(BenchmarkDecision row) {
        return row.kind() == Gate.Kind.TARGET ? row.requiredGain() : -row.margin();
    }

    /** The map from differences to coordinates. */
    Scale scale() {
        return scale;
    }

    /** The axis that stands above the rows. */
    Markup axis() {
        Markup svg = Svg.root(WIDTH, 18, "cc-chart cc-forest").attr("aria-hidden", "true");
        for (double tick : scale.ticks(4)) {
            String text = tick == 0 ? "0" : signed(tick);
            svg.add(Svg.label(scale.at(tick), 13, "middle", text));
        }
        return svg;
    }

    /** One benchmark's row. */
    Markup row(BenchmarkDecision row) {
        Markup svg = Svg.picture(WIDTH, HEIGHT, row.benchmark() + ": difference", description(row));
        double zero = scale.at(0);
        Markup axis = Svg.line("cc-axis", zero, 0, zero, HEIGHT, Svg.MUTED);
        if (Scale.fits(limit(row))) {
            double limit = scale.at(limit(row));
            svg.add(zone(limit)).add(axis).add(limit(limit));
        } else {
            svg.add(axis);
        }
        interval(svg, row);
        return svg;
    }

    /** The side of the limit that is not acceptable. */
    private static Markup zone(double limit) {
        return Markup.of("rect", "cc-zone")
                .attr("x", 0)
                .attr("y", 0)
                .attr("width", Math.max(0, limit))
                .attr("height", HEIGHT)
                .attr("fill", "#f6e7df");
    }

    private static Markup limit(double limit) {
        return Svg.line("cc-limit", limit, 0, limit, HEIGHT, Tone.BAD.colour()).attr("stroke-dasharray", "3 2");
    }

    private void interval(Markup svg, BenchmarkDecision row) {
        Tone tone = Tone.of(row.verdict());
        if (Scale.fits(row.lower()) && Scale.fits(row.upper())) {
            svg.add(Svg.line(
                            "cc-stroke cc-" + tone.styleClass(),
                            scale.at(row.lower()),
                            MIDDLE,
                            scale.at(row.upper()),
                            MIDDLE,
                            tone.colour())
                    .attr("stroke-width", 2));
        }
        if (Scale.fits(row.difference())) {
            svg.add(tone.mark(scale.at(row.difference()), MIDDLE));
        }
    }

    private static String description(BenchmarkDecision row) {
        if (!Scale.fits(row.difference())) {
            return "No difference could be computed";
        }
        return Figures.points(row.difference()) + " points, bounds " + Figures.points(row.lower()) + " to "
                + Figures.points(row.upper()) + ", limit " + Figures.points(limit(row));
    }

    private static String signed(double tick) {
        String text = Figures.value(Math.rint(tick * 10000) / 100);
        return tick > 0 ? "+" + text : text;
    }
}
