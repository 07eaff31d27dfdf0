package io.jenkins.plugins.cascade.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of a cascade as one self-contained page: no script, nothing loaded from anywhere, everything that a model or a user wrote
 * escaped. The page is well-formed XML as well. Where a content security policy blocks its one style element it stays readable.
 */
public final class HtmlReport {
    /** The file's name. */
    public static final String NAME = "cascade-report.html";

    private static final Pattern RUN_PAGE =
            Pattern.compile("(https?://[^?]+/#/experiments/[0-9A-Za-z]+/runs)/[0-9A-Za-z]+\\?workflowType=.*");
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_STAGES = 100;
    private static final int MOST_BUILDS = 50;

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HtmlReport() {}

    /**
     * Writes the page, replacing an older one at once.
     *
     * @param workspace folder that the record's paths are relative to
     * @throws IOException when it cannot be written
     */
    public static void write(CascadeRecord cascade, Path workspace, Path file) throws IOException {
        Trend trend = earlier(cascade, file);
        CascadeFile.replace(file, page(cascade, trend, workspace).getBytes(StandardCharsets.UTF_8));
    }

    /** The whole page. A stage's events and answers that cannot be read are named in it. */
    public static String page(CascadeRecord cascade, Path workspace) {
        return page(cascade, new Trend(List.of()), workspace);
    }

    private static String page(CascadeRecord cascade, Trend trend, Path workspace) {
        List<Markup> title = List.of(
                Markup.text("p", "Cascade RL report").attr("class", "overline"), Markup.text("h1", title(cascade)));
        String shortTitle = PlainText.cut(title(cascade), LONGEST_TITLE);
        return "<!DOCTYPE html>\n"
                + bounded(
                        () -> html(shortTitle, main(title, cascade, trend, workspace)),
                        () -> html(shortTitle, tooLarge()))
                + "\n";
    }

    private static Markup html(String title, Markup main) {
        Markup head = Markup.of("head")
                .add(Markup.of("meta").attr("charset", "utf-8"))
                .add(Markup.of("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"))
                .add(Markup.of("meta")
                        .attr("http-equiv", "Content-Security-Policy")
                        .attr("content", POLICY))
                .add(Markup.of("meta").attr("name", "color-scheme").attr("content", "light dark"))
                .add(Markup.text("title", title))
                .add(Markup.text("style", style()));
        return Markup.of("html")
                .attr("xmlns", "http://www.w3.org/1999/xhtml")
                .attr("lang", "en")
                .add(head)
                .add(Markup.of("body", "cascade-page").add(main));
    }

    /** The page without head, style and title, to stand in another page that has a title of its own and brings {@link #style()}. */
    public static String body(CascadeRecord cascade, Path workspace) {
        return bounded(() -> main(List.of(), cascade, new Trend(List.of()), workspace), HtmlReport::tooLarge)
                .toString();
    }

    /** A line for each stage, to stand in another page that brings {@link #style()}. */
    public static String summary(CascadeRecord cascade) {
        return Markup.of("div", "cascade-report cascade-lines")
                .add(StageLines.of(cascade))
                .toString();
    }

    /**
     * The style sheet; all of it is scoped to the class {@code cascade-report}, apart from the page's own margin. It holds none of the five
     * characters that are escaped, so it means the same to a parser of HTML and to one of XML.
     */
    public static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("The style sheet report.css is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Markup bounded(Supplier<Markup> whole, Supplier<Markup> otherwise) {
        try {
            return whole.get();
        } catch (Markup.TooLargeException e) {
            return otherwise.get();
        }
    }

    private static Markup tooLarge() {
        return Markup.of("main", "cascade-report")
                .add(Markup.text("p", "The record of this cascade is too large to be shown as a page.")
                        .attr("class", "note"));
    }

    /** The builds beside the one that is reported, where the report lies in a folder of numbered builds. */
    private static Trend earlier(CascadeRecord cascade, Path file) {
        Path build = file.toAbsolutePath().getParent();
        Path builds = build == null ? null : build.getParent();
        return builds == null
                ? new Trend(List.of())
                : new BuildHistory(CascadeFile.NAME).named(cascade.cascade(), builds, MOST_BUILDS);
    }

    private static Markup main(List<Markup> title, CascadeRecord all, Trend trend, Path workspace) {
        Markup main = Markup.of("main", "cascade-report").add(header(title, all));
        int stages = all.stages().size();
        if (stages > MOST_STAGES) {
            String note = "Only the first " + MOST_STAGES + " of " + stages + " stages are shown.";
            main.add(Markup.text("p", note).attr("class", "note"));
        }
        CascadeRecord cascade =
                all.withStages(all.stages().stream().limit(MOST_STAGES).toList());
        main.add(ScoreSection.of(cascade));
        main.add(StageTable.of(cascade));
        main.add(LineageSection.of(cascade));
        main.add(PromotionSection.of(cascade));
        if (trend.builds().size() > 1) {
            main.add(TrendReport.section(trend, number -> "../" + number + "/" + NAME));
        }
        for (GateRecord gate : cascade.gates()) {
            main.add(gate(gate));
        }
        StageSection sections = new StageSection(cascade, workspace);
        for (int i = 0; i < cascade.stages().size(); i++) {
            main.add(sections.of(i));
        }
        return main;
    }

    private static Markup header(List<Markup> title, CascadeRecord cascade) {
        Headline headline = Headline.of(cascade);
        Markup verdict = Markup.of("p", "verdict cc-text-" + headline.tone().styleClass());
        verdict.add(headline.tone().badge(headline.word())).text(" ");
        verdict.add(Markup.text("span", headline.sentence()).attr("class", "sentence"));
        Markup facts = Markup.text("p", times(cascade)).attr("class", "muted");
        if (cascade.commit() != null) {
            facts.text(" · commit ").add(Markup.text("code", PlainText.cut(cascade.commit(), 12)));
        }
        if (cascade.mlflowUrl() != null) {
            facts.text(" · ").add(SettingsSection.link(cascade.mlflowUrl(), "MLflow run"));
            chartPage(cascade.mlflowUrl())
                    .ifPresent(chart -> facts.text(" · ").add(SettingsSection.link(chart, "chart of all runs")));
        }
        return Markup.of("header").add(title).add(verdict).add(facts);
    }

    /** MLflow's chart of the experiment that the page of a run belongs to. */
    private static Optional<String> chartPage(String runPage) {
        Matcher run = RUN_PAGE.matcher(runPage);
        return run.matches()
                ? Optional.of(run.group(1) + "?workflowType=machine_learning&compareRunsMode=CHART")
                : Optional.empty();
    }

    private static String title(CascadeRecord cascade) {
        return cascade.build() == 0 ? cascade.cascade() : cascade.cascade() + " #" + cascade.build();
    }

    private static String times(CascadeRecord cascade) {
        String text = "Started " + time(cascade.startedAt());
        if (cascade.finishedAt() == null) {
            return text;
        }
        Duration took = Duration.between(Instant.parse(cascade.startedAt()), Instant.parse(cascade.finishedAt()));
        return text + " · took " + Figures.duration(took.toSeconds());
    }

    /** An instant in ISO 8601 for people. */
    static String time(String instant) {
        return TIME.format(Instant.parse(instant));
    }

    private static Markup gate(GateRecord gate) {
        Markup heading = Markup.text("h2", gate.name()).text(" ");
        heading.add(Tone.of(gate.status()).badge(Headline.word(gate.status())));
        Markup section = Markup.of("section", "stage").add(heading);
        String lead = Headline.lead(gate.message(), gate.gate());
        if (!lead.isBlank()) {
            section.add(Markup.text("p", lead)
                    .attr("class", "lead cc-text-" + Tone.of(gate.status()).styleClass()));
        }
        return section.add(
                GateSection.of("Gate of " + gate.candidate() + " against " + gate.baseline(), lead, gate.gate()));
    }
}
