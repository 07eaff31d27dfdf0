package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class BuildHistoryTest {
    private static final String RECORD = "cascade/cascade.json";

    @TempDir
    Path builds;

    private final BuildHistory history = new BuildHistory(RECORD);

    private Path build(int number, double score) throws IOException {
        StageRecord stage = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .scores(Map.of("math", new ScoreSummary(score, 0.02, 31, 4)))
                .build();
        CascadeRecord cascade = CascadeRecord.started("nightly", number, "2026-11-24T02:00:00Z")
                .withStage(stage)
                .withResult("SUCCESS", "2026-11-24T03:00:00Z");
        Path file = builds.resolve(number + "/" + RECORD);
        CascadeFile.write(cascade, file);
        return file;
    }

    private List<Integer> numbers(int most) {
        return history.read(builds, most).builds().stream()
                .map(BuildSummary::number)
                .toList();
    }

    @Test
    void readsTheNewestBuildsByNumberAndOldestFirst() throws IOException {
        for (int number : new int[] {2, 10, 9, 1}) {
            build(number, 0.5);
        }
        Files.createDirectories(builds.resolve("11"));
        Files.createDirectories(builds.resolve(".8"));
        Files.createDirectories(builds.resolve("lastBuild"));
        Files.writeString(builds.resolve("legacyIds"), "");
        assertEquals(List.of(2, 9, 10), numbers(3));
        assertEquals(List.of(1, 2, 9, 10), numbers(50));
    }

    @Test
    void readsAgainOnlyWhatChanged() throws IOException {
        Path file = build(1, 0.5);
        Trend before = history.read(builds, 50);
        assertEquals(before.builds().get(0), history.read(builds, 50).builds().get(0));
        build(1, 0.75);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-24T05:00:00Z")));
        assertEquals(
                0.75,
                history.read(builds, 50).builds().get(0).scores().get("math").mean());
    }

    @Test
    void aDamagedRecordIsABuildThatCannotBeRead() throws IOException {
        build(1, 0.5);
        Files.writeString(build(2, 0.5), "{\"schema\":1");
        Files.writeString(build(3, 0.5), "{\"schema\":2,\"cascade\":\"a\",\"what\":[]}");
        Trend trend = history.read(builds, 50);
        assertTrue(trend.builds().get(0).readable());
        assertTrue(
                trend.builds().get(1).problem().startsWith("The record is not a cascade's record: "),
                trend.builds().get(1).problem());
        assertEquals(
                "The record was written by a later version of the plugin (schema 2, this version reads 1): update the plugin to see it",
                trend.builds().get(2).problem());
        Element page = Pages.parse(TrendReport.body(trend, number -> "../" + number));
        assertEquals(2, Pages.ofClass(page, "unread").size());
        assertTrue(Pages.ofClass(page, "unread").get(1).getTextContent().startsWith("cannot be read"));
    }

    @Test
    void aProblemDoesNotTellWhereTheFilesLie() throws IOException {
        Files.writeString(build(2, 0.5), "{");
        assertFalse(history.read(builds, 50).builds().get(0).problem().contains(builds.toString()));
    }

    @Test
    void aLinkInPlaceOfTheRecordIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(builds.resolve("secret.json"), "{}");
        Files.createDirectories(builds.resolve("1/cascade"));
        Files.createSymbolicLink(builds.resolve("1/" + RECORD), elsewhere);
        assertEquals(List.of(), numbers(50));
        assertFalse(history.any(builds, 10));
    }

    @Test
    void looksForARecordAmongTheNewestBuildsOnly() throws IOException {
        build(1, 0.5);
        for (int number = 2; number <= 5; number++) {
            Files.createDirectories(builds.resolve(Integer.toString(number)));
        }
        assertTrue(history.any(builds, 5));
        assertFalse(history.any(builds, 4));
    }

    @Test
    void aFolderThatDoesNotExistHasNoBuilds() {
        assertEquals(List.of(), history.read(builds.resolve("none"), 50).builds());
        assertFalse(history.any(builds.resolve("none"), 10));
    }

    @Test
    void theReportOfALocalBuildShowsTheBuildsOfTheSameCascadeBesideIt() throws IOException {
        for (int number = 1; number <= 3; number++) {
            String cascade = number == 2 ? "another" : "nightly";
            CascadeFile.write(
                    CascadeRecord.started(cascade, number, "2026-11-24T02:00:00Z"),
                    builds.resolve(number + "/" + CascadeFile.NAME));
        }
        Path report = builds.resolve("3/" + HtmlReport.NAME);
        HtmlReport.write(CascadeRecord.started("nightly", 3, "2026-11-24T02:00:00Z"), builds, report);
        Element trend = Pages.all(Pages.parse(Files.readString(report)), "section").stream()
                .filter(section -> section.getAttribute("id").equals("trend"))
                .findFirst()
                .orElseThrow();
        List<String> links = Pages.all(trend, "a").stream()
                .map(link -> link.getAttribute("href"))
                .toList();
        assertEquals(List.of("../3/cascade-report.html", "../1/cascade-report.html"), links);
    }
}
