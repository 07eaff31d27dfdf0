package io.jenkins.plugins.cascade.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.report.CascadeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Builds that an earlier version of the plugin wrote must be read and shown by every later one. */
class StoredRecordsTest {
    private static final int SCHEMA = 1;

    @TempDir
    Path folder;

    private Path builds;
    private FolderJob job;

    @BeforeEach
    void copyStoredBuilds() throws IOException {
        builds = Builds.stored(SCHEMA, folder.resolve("builds"));
        job = new FolderJob(builds);
    }

    private CascadeBuildAction action(int number) {
        return new CascadeBuildAction(job.build(number, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {Builds.REJECTED, Builds.CHAMPION})
    void theReportShowsEveryStageWithItsCurvesGatesAndAnswers(int number) {
        View view = action(number).report();
        assertNull(view.getProblem());
        Element page = Builds.parse(view.getMarkup());
        List<String> ids = Builds.all(page, "section").stream()
                .map(section -> section.getAttribute("id"))
                .toList();
        assertTrue(ids.containsAll(List.of("scores", "stages", "lineage", "stage-1", "stage-5")), ids.toString());
        String text = page.getTextContent();
        assertTrue(text.contains("Reward, mean"));
        assertTrue(text.contains("Sample answers"));
        assertTrue(text.contains("Gate against the sft"));
        assertFalse(text.contains("could not be read"), text);
    }

    @Test
    void theBuildsPageHasALineForEachStageAndTheFinalGate() {
        Element lines = Builds.parse(action(Builds.CHAMPION).summary().getMarkup());
        List<Element> items = Builds.all(lines, "li");
        assertEquals(6, items.size());
        assertTrue(
                items.get(1).getTextContent().startsWith("rlhf Accepted preference +"),
                items.get(1).getTextContent());
        assertEquals("MLflow run", Builds.all(items.get(0), "a").get(0).getTextContent());
        Element rejected = Builds.all(
                        Builds.parse(action(Builds.REJECTED).summary().getMarkup()), "li")
                .get(4);
        assertTrue(rejected.getTextContent().endsWith("REGRESSED"), rejected.getTextContent());
    }

    @Test
    void theRecordIsServedAsItWasWritten() throws IOException {
        KeptResponse response = new KeptResponse();
        action(Builds.CHAMPION).getApi().doJson(response);
        assertEquals("application/json;charset=UTF-8", response.type);
        assertEquals("nosniff", response.headers.get("X-Content-Type-Options"));
        KeptResponse stored = new KeptResponse();
        Reply.json(stored, CascadeFile.read(Builds.record(builds, Builds.CHAMPION)));
        assertEquals(stored.json(), response.json());
        assertEquals("SUCCESS", response.json().path("result").asText());
        assertEquals(5, response.json().path("stages").size());
    }

    @Test
    void theJobShowsTheTrendAndItsChampion() throws IOException {
        CascadeJobAction action = new CascadeJobAction(job);
        String overview = action.overview("/jenkins/job/quickstart/");
        List<String> links = Builds.all(Builds.parse(overview), "a").stream()
                .map(link -> link.getAttribute("href"))
                .distinct()
                .toList();
        assertEquals(List.of("/jenkins/job/quickstart/1/cascade/", "/jenkins/job/quickstart/2/cascade/"), links);
        Element champion = Builds.all(Builds.parse(action.report()), "tr").get(1);
        assertTrue(champion.getTextContent().startsWith("#2 champion"), champion.getTextContent());
        KeptResponse response = new KeptResponse();
        action.getApi().doJson(response);
        assertEquals(Builds.CHAMPION, response.json().path("champion").asInt());
        assertEquals(
                "FAILURE", response.json().path("builds").path(0).path("result").asText());
        double math = response.json().at("/builds/1/scores/math/mean").asDouble();
        assertTrue(math > 0.4 && math < 0.6, "math " + math);
    }

    @Test
    void theDownloadedReportIsAWholePageThatMayDoNothing() throws IOException {
        KeptResponse response = new KeptResponse();
        action(Builds.CHAMPION).doReport(response);
        assertEquals("attachment; filename=\"cascade-2.html\"", response.headers.get("Content-Disposition"));
        assertEquals(
                "default-src 'none'; style-src 'unsafe-inline'; sandbox",
                response.headers.get("Content-Security-Policy"));
        assertEquals("html", Builds.parse(response.content()).getTagName());
    }

    @Test
    void aLaterSchemaIsOneSentenceEverywhere() throws IOException {
        Files.writeString(Builds.record(builds, Builds.CHAMPION), "{\"schema\":3,\"whatever\":{}}");
        String sentence = "The record of this cascade was written by a later version of the plugin "
                + "(schema 3, this version reads 1): update the plugin to see it.";
        assertEquals(sentence, action(Builds.CHAMPION).report().getProblem());
        assertEquals(sentence, action(Builds.CHAMPION).summary().getProblem());
        KeptResponse response = new KeptResponse();
        action(Builds.CHAMPION).getApi().doJson(response);
        assertEquals(500, response.status);
        assertEquals(sentence, response.json().path("problem").asText());
        assertTrue(new CascadeJobAction(job).report().contains("cannot be read"));
    }

    @Test
    void pagesAppearWithTheRecord() throws IOException {
        CascadeBuildActions ofBuilds = new CascadeBuildActions();
        CascadeJobActions ofJobs = new CascadeJobActions();
        assertEquals(1, ofBuilds.createFor(job.build(Builds.CHAMPION, false)).size());
        assertEquals(1, ofJobs.createFor(job).size());
        assertTrue(ofBuilds.createFor(job.build(9, true)).isEmpty());
        assertTrue(ofJobs.createFor(new FolderJob(folder)).isEmpty());
    }

    @Test
    void aReportThatDidNotChangeIsNotMadeAgain() throws IOException {
        Bodies bodies = new Bodies();
        BuildFolder build = BuildFolder.of(job.build(Builds.CHAMPION, false));
        String first = bodies.of(build);
        assertNotNull(first);
        assertTrue(first == bodies.of(build), "the same text");
        Path events = build.path().resolve("stages/059e201582e4-sft/events.jsonl");
        Files.writeString(events, Files.readString(events).lines().findFirst().orElseThrow());
        assertFalse(first.equals(bodies.of(build)));
    }

    @Test
    void aRunningBuildSaysSoToThePageThatFollowsIt() throws IOException {
        KeptResponse running = new KeptResponse();
        new CascadeBuildAction(job.build(Builds.CHAMPION, true)).doBody(running);
        assertEquals("true", running.headers.get("Cascade-Live"));
        assertEquals("main", Builds.parse(running.content()).getTagName());
        KeptResponse ended = new KeptResponse();
        action(Builds.CHAMPION).doBody(ended);
        assertEquals("false", ended.headers.get("Cascade-Live"));
        assertEquals("text/html;charset=UTF-8", ended.type);
    }
}
