package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateVerdict;

/**
 * How a finding is shown: by shape, word and colour together, so that no one needs to see the colour. The colours follow Okabe and Ito's
 * palette, darkened to a contrast of at least 4.5 on white; the style sheet has lighter ones for dark pages.
 */
enum Tone {
    GOOD("good", "#0b6e4f"),
    BAD("bad", "#b23c00"),
    UNSURE("unsure", "#8a5a00"),
    BROKEN("broken", "#86308f"),
    PLAIN("plain", "#0b62a4");

    private final String styleClass;
    private final String colour;

    Tone(String styleClass, String colour) {
        this.styleClass = styleClass;
        this.colour = colour;
    }

    String styleClass() {
        return styleClass;
    }

    /** Colour on a light page, for places where no style sheet is applied. */
    String colour() {
        return colour;
    }

    static Tone of(GateVerdict verdict) {
        return switch (verdict) {
            case PASS -> GOOD;
            case REGRESSED -> BAD;
            case INCONCLUSIVE -> UNSURE;
            case ERROR -> BROKEN;
        };
    }

    static Tone of(StageRecord.Status status) {
        return switch (status) {
            case RUNNING -> PLAIN;
            case ACCEPTED -> GOOD;
            case UNSTABLE, STOPPED -> UNSURE;
            case REJECTED -> BAD;
            case FAILED -> BROKEN;
        };
    }

    /** The mark at a point: disc, triangle, ring, cross; about 8 units wide. */
    Markup mark(double x, double y) {
        return switch (this) {
            case GOOD, PLAIN ->
                Markup.of("circle", "cc-fill cc-" + styleClass)
                        .attr("cx", x)
                        .attr("cy", y)
                        .attr("r", 4)
                        .attr("fill", colour);
            case UNSURE ->
                Markup.of("circle", "cc-ring cc-" + styleClass)
                        .attr("cx", x)
                        .attr("cy", y)
                        .attr("r", 3.5)
                        .attr("fill", "#ffffff")
                        .attr("stroke", colour)
                        .attr("stroke-width", 2);
            case BAD ->
                Markup.of("path", "cc-fill cc-" + styleClass)
                        .attr("d", Svg.path(x - 5, y - 4, x + 5, y - 4, x, y + 5) + "Z")
                        .attr("fill", colour);
            case BROKEN ->
                Markup.of("path", "cc-stroke cc-" + styleClass)
                        .attr("d", Svg.path(x - 4, y - 4, x + 4, y + 4) + Svg.path(x - 4, y + 4, x + 4, y - 4))
                        .attr("fill", "none")
                        .attr("stroke", colour)
                        .attr("stroke-width", 2.5);
        };
    }

    /** Mark and word, for tables and headings. */
    Markup badge(String word) {
        Markup icon = Svg.root(12, 12, "cc-icon").attr("aria-hidden", "true").add(mark(6, 6));
        return Markup.of("span", "badge cc-text-" + styleClass).add(icon).add(Markup.text("span", word));
    }
}
