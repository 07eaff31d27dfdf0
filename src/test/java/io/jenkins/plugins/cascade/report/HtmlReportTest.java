package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class HtmlReportTest {
    private static final String START = "2026-11-24T11:40:23Z";
    private static final String EVIL =
            "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'`&amp;{{7*7}}\u0000\u001b[31m\u202e]]>";
    private static final Set<String> ELEMENTS = Set.of(
            "a", "body", "circle", "code", "dd", "desc", "details", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4",
            "head", "header", "html", "li", "line", "main", "meta", "p", "path", "pre", "rect", "section", "span",
            "style", "summary", "svg", "table", "tbody", "td", "text", "tfoot", "th", "thead", "title", "tr", "ul");

    @TempDir
    Path workspace;

    private Element page(CascadeRecord cascade) {
        String html = HtmlReport.page(cascade, workspace);
        assertTrue(html.startsWith("<!DOCTYPE html>\n<html "));
        return Pages.parse(html);
    }

    private static CascadeRecord of(StageRecord... stages) {
        return CascadeRecord.started("nightly", 7, START).withStages(List.of(stages));
    }

    @Test
    void hasAPanelForEachBenchmarkAndASectionForEachStage() {
        Element page = page(Examples.paper());
        Element panels = Pages.ofClass(page, "panels").get(0);
        assertEquals(11, Pages.all(panels, "svg").size());
        assertEquals("MMLU", Pages.ofClass(panels, "cc-title").get(0).getTextContent());
        assertEquals(6, Pages.ofClass(page, "stage").size());
        assertEquals(5, Pages.ofClass(page, "gates").size());
        assertEquals("nemotron-cascade-8b #42", Pages.all(page, "h1").get(0).getTextContent());
    }

    @Test
    void aRejectedStageSaysWhyInItsFirstLine() throws IOException {
        Element page = page(Examples.quickstart(workspace, true));
        List<Element> stages = Pages.ofClass(page, "stage");
        Element code = stages.get(stages.size() - 1);
        assertTrue(Pages.all(code, "h2").get(0).getTextContent().contains("Rejected"));
        assertTrue(Pages.all(code, "p").get(0).getTextContent().startsWith("math fell by 53.0 points"));
        String verdict = Pages.ofClass(page, "verdict").get(0).getTextContent();
        assertTrue(verdict.startsWith("Rejected Stage code was rejected by its gate: math fell"), verdict);
    }

    @Test
    void showsCurvesAndAnswersBeforeAndAfter() throws IOException {
        Element page = page(Examples.quickstart(workspace, false));
        Element math = Pages.ofClass(page, "stage").get(4);
        List<String> titles = Pages.ofClass(math, "cc-title").stream()
                .map(Element::getTextContent)
                .toList();
        assertEquals(List.of("Reward, mean", "Answer length, tokens", "Entropy, nats per token"), titles.subList(0, 3));
        List<String> labels = Pages.ofClass(math, "label").stream()
                .map(Element::getTextContent)
                .toList();
        assertEquals(List.of("Prompt", "Before, score 0", "After, score 1"), labels.subList(0, 3));
    }

    @Test
    void showsAnswerLengthsBesideTheParents() throws IOException {
        Element page = page(Examples.quickstart(workspace, false));
        Element math = Pages.ofClass(page, "stage").get(4);
        List<Element> rows = Pages.all(Pages.ofClass(math, "cards").get(1), "tr");
        List<String> cells = Pages.all(rows.get(3), "td").stream()
                .map(Element::getTextContent)
                .toList();
        assertEquals("math", Pages.all(rows.get(3), "th").get(0).getTextContent());
        assertEquals(List.of("80.9 ± 1.8", "256 × 4", "11.5", "12.5", "0.4", "0"), cells);
    }

    @Test
    void nothingHostileBecomesMarkup() throws IOException {
        Path directory = Files.createDirectories(workspace.resolve("s"));
        Files.writeString(
                directory.resolve("events.jsonl"),
                "{\"kind\":\"step\",\"phase\":" + json(EVIL)
                        + ",\"step\":1,\"totalSteps\":1,\"timeMillis\":1,\"metrics\":{" + json(EVIL)
                        + ":1},\"message\":\"\"}\n"
                        + "{\"kind\":\"warning\",\"phase\":\"sft\",\"step\":1,\"totalSteps\":1,\"timeMillis\":1,\"metrics\":{},\"message\":"
                        + json(EVIL) + "}\n");
        Files.writeString(
                directory.resolve("answers.jsonl"),
                "{\"benchmark\":" + json(EVIL) + ",\"item\":" + json(EVIL) + ",\"prompt\":[" + json(EVIL)
                        + "],\"response\":" + json(EVIL) + ",\"score\":0.5}\n");
        GateDecision gate = Decisions.gate(
                Decisions.decision(EVIL, Gate.Kind.PROTECT, .5, .1, .01, -.42, -.38, .03, GateVerdict.REGRESSED, EVIL));
        StageRecord stage = StageRecord.builder(EVIL, StageKind.RLVR)
                .domain(EVIL)
                .key(EVIL)
                .parent(EVIL)
                .status(StageRecord.Status.REJECTED)
                .reused(true, EVIL)
                .checkpoint("s/c")
                .checkpointDigest(EVIL)
                .data(List.of(new DataFile(DataRole.SFT, EVIL, EVIL)))
                .settings(JsonNodeFactory.instance.objectNode().put(EVIL, EVIL))
                .scores(Map.of(EVIL, new ScoreSummary(.5, .01, 99, 4)))
                .gate(gate, EVIL)
                .policy(EVIL, EVIL)
                .mlflowRunId(EVIL)
                .mlflowUrl("javascript:alert(1)//" + EVIL)
                .directory("s")
                .message(EVIL)
                .build();
        CascadeRecord cascade = CascadeRecord.started(EVIL, 1, START)
                .withStage(stage)
                .withGate(new GateRecord(EVIL, EVIL, EVIL, gate, EVIL, EVIL, StageRecord.Status.REJECTED, EVIL))
                .withMlflowUrl("javascript:alert(1)")
                .withCommit(EVIL)
                .withResult(EVIL, START);
        Element page = page(cascade);
        Set<String> used = new TreeSet<>();
        for (Element element : Pages.all(page, "*")) {
            used.add(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String name = element.getAttributes().item(i).getNodeName();
                assertFalse(name.startsWith("on") || name.equals("style") || name.equals("src"), name);
            }
        }
        used.removeAll(ELEMENTS);
        assertEquals(Set.of(), used);
        for (Element link : Pages.all(page, "a")) {
            assertTrue(link.getAttribute("href").startsWith("#stage-"), link.getAttribute("href"));
        }
        String shown = EVIL.replace('\u0000', '\uFFFD').replace('\u001b', '\uFFFD');
        assertTrue(Pages.all(page, "pre").stream()
                .anyMatch(pre -> pre.getTextContent().equals(shown)));
        assertEquals(1, Pages.all(page, "style").size());
    }

    private static String json(String text) throws IOException {
        return CanonicalJson.MAPPER.writeValueAsString(text);
    }

    @Test
    void loadsNothingAndLinksOnlyToTheWeb() throws IOException {
        StageRecord stage = StageRecord.builder("sft", StageKind.SFT)
                .mlflowUrl("https://mlflow.example.org/run")
                .build();
        String html = HtmlReport.page(of(stage).withMlflowUrl("file:///etc/passwd"), workspace);
        assertFalse(
                html.contains("url(") || html.contains("@import") || html.contains(" src=") || html.contains("<link"));
        List<String> links = Pages.all(Pages.parse(html), "a").stream()
                .map(a -> a.getAttribute("href"))
                .toList();
        assertEquals(List.of("#stage-1", "https://mlflow.example.org/run", "https://mlflow.example.org/run"), links);
    }

    @Test
    void theRunOfTheBuildIsBesideTheChartOfAllRuns() {
        String html = HtmlReport.page(
                of().withMlflowUrl(
                                "https://mlflow.example.org/ui/#/experiments/7/runs/0123abcd?workflowType=machine_learning"),
                workspace);
        assertEquals(
                "https://mlflow.example.org/ui/#/experiments/7/runs?workflowType=machine_learning&compareRunsMode=CHART",
                Pages.all(Pages.parse(html), "a").get(1).getAttribute("href"));
    }

    @Test
    void anEmptyCascadeIsAPageThatSaysSo() {
        Element page = page(CascadeRecord.started("nightly", 0, START));
        assertEquals("nightly", Pages.all(page, "h1").get(0).getTextContent());
        String text = page.getTextContent();
        assertTrue(text.contains("No benchmark has been evaluated yet."));
        assertTrue(text.contains("No stage has started yet."));
    }

    @Test
    void aHalfRunCascadeShowsWhatThereIs() throws IOException {
        Path directory = Files.createDirectories(workspace.resolve("rl"));
        Files.writeString(directory.resolve("events.jsonl"), "{\"kind\":\"st");
        StageRecord sft = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .scores(Map.of("math", new ScoreSummary(.5, .02, 100, 4)))
                .build();
        StageRecord running = StageRecord.builder("rl", StageKind.RLVR)
                .parent("sft")
                .directory("rl")
                .build();
        Element page = page(of(sft, running));
        String verdict = Pages.ofClass(page, "verdict").get(0).getTextContent();
        assertEquals("Running Stage rl is running. 1 stage accepted so far.", verdict);
        assertFalse(page.getTextContent().contains("could not be read"));
    }

    @Test
    void aGateWithoutNumbersAndOneWithoutBenchmarksAreShown() {
        StageRecord broken = StageRecord.builder("a", StageKind.SFT)
                .gate(Decisions.gate(Decisions.broken("math", "The fingerprints differ.")), "anchor")
                .scores(Map.of("math", new ScoreSummary(Double.NaN, Double.NaN, 0, 0)))
                .build();
        StageRecord none = StageRecord.builder("b", StageKind.SFT)
                .gate(Decisions.gate(), "parent")
                .build();
        Element page = page(of(broken, none));
        assertEquals(1, Pages.ofClass(page, "gates").size());
        List<Element> cells = Pages.all(Pages.ofClass(page, "gates").get(0), "td");
        assertEquals(Figures.NONE, cells.get(0).getTextContent());
        assertTrue(page.getTextContent().contains("The fingerprints differ."));
    }

    @Test
    void saysHowManyLinesCouldNotBeRead() throws IOException {
        Path directory = Files.createDirectories(workspace.resolve("s"));
        Files.writeString(directory.resolve("events.jsonl"), "x\ny\n");
        Files.writeString(directory.resolve("answers.jsonl"), "{}\n");
        StageRecord stage = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .directory("s")
                .build();
        String text = page(of(stage)).getTextContent();
        assertTrue(text.contains("2 lines of the training events could not be read."));
        assertTrue(text.contains("1 line of the sample answers could not be read."));
    }

    @Test
    void aLongAnswerIsCutAndSaysSo() throws IOException {
        Path directory = Files.createDirectories(workspace.resolve("s"));
        Files.writeString(
                directory.resolve("answers.jsonl"),
                "{\"benchmark\":\"b\",\"item\":\"i\",\"prompt\":\"p\",\"response\":\"" + "a".repeat(Answers.LONGEST + 5)
                        + "\",\"score\":1}\n");
        StageRecord stage =
                StageRecord.builder("sft", StageKind.SFT).directory("s").build();
        assertTrue(page(of(stage)).getTextContent().contains("aaa … (5 more characters)"));
    }

    @Test
    void manyStagesAndBenchmarksAreCutWithTheirNumber() {
        Map<String, ScoreSummary> scores = new HashMap<>();
        for (int i = 0; i < 70; i++) {
            scores.put("benchmark " + i, new ScoreSummary(.5, .02, 100, 4));
        }
        List<StageRecord> stages = new ArrayList<>();
        stages.add(StageRecord.builder("sft", StageKind.SFT).scores(scores).build());
        for (int i = 0; i < 100; i++) {
            stages.add(StageRecord.builder("stage " + i, StageKind.SFT).build());
        }
        Element page = page(of(stages.toArray(new StageRecord[0])));
        assertTrue(page.getTextContent().contains("Only the first 100 of 101 stages are shown."));
        assertTrue(page.getTextContent().contains("Only the first 60 of 70 benchmarks are shown."));
        assertEquals(60, Pages.all(page, "figure").size());
        assertEquals(100, Pages.ofClass(page, "stage").size());
    }

    @Test
    void aRecordTooLargeForAPageIsASentence() {
        StageRecord stage = StageRecord.builder("sft", StageKind.SFT)
                .message("x".repeat(5 << 20))
                .build();
        Element page = page(of(stage));
        assertEquals(
                "The record of this cascade is too large to be shown as a page.",
                Pages.all(page, "main").get(0).getTextContent());
    }

    @Test
    void theBodyForAnotherPageHasNoTitleOfItsOwn() {
        Element body = Pages.parse(HtmlReport.body(of(), workspace));
        assertEquals("main", body.getTagName());
        assertTrue(Pages.all(body, "h1").isEmpty());
        assertTrue(Pages.all(body, "style").isEmpty());
    }

    @Test
    void theStyleSheetMeansTheSameToHtmlAndXml() {
        assertFalse(HtmlReport.style().matches("(?s).*[<>&\"'].*"));
        Element style = Pages.all(page(of()), "style").get(0);
        assertEquals(HtmlReport.style(), style.getTextContent());
    }

    @Test
    void everyTextKeepsEnoughContrast() {
        for (Tone tone : Tone.values()) {
            assertTrue(contrast(tone.colour(), "#ffffff") >= 4.5, tone + " on white");
        }
        assertTrue(contrast(Svg.MUTED, "#f5f7f9") >= 4.5);
    }

    /** Contrast ratio of two colours, WCAG 2.1. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void writesTheFileAtOnce() throws IOException {
        Path file = workspace.resolve(HtmlReport.NAME);
        HtmlReport.write(of(), workspace, file);
        assertEquals(HtmlReport.page(of(), workspace), Files.readString(file));
    }
}
