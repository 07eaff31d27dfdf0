package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;

/** Data sets and files that go through the journal, against a real server. */
@ExtendWith(RealMlflow.class)
class RunInputsTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private final SharedMlflow mlflow;

    RunInputsTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
    }

    private Path journal() {
        return folder.resolve("journal.jsonl");
    }

    private List<Service.DatasetInput> inputs(String run) throws TrackingException {
        return mlflow.rest().run(run).orElseThrow().getInputs().getDatasetInputsList();
    }

    @Test
    void aDataSetIsAnInputOnceWithTheWholeDigestInItsTag() throws Exception {
        Dataset data = new Dataset("sft.jsonl", DIGEST, "/data/sft.jsonl", "training");
        Dataset benchmark = new Dataset("gsm8k", DIGEST.replace('0', 'f'), "/data/gsm8k.jsonl", "evaluation");
        String id;
        try (MlflowTracker tracker = MlflowTracker.open(journal(), mlflow.rest())) {
            String run = tracker.startRun(RunStart.of("inputs", "sft"));
            tracker.inputs(run, List.of(data, benchmark));
            tracker.inputs(run, List.of(data));
            tracker.endRun(run, RunStatus.FINISHED);
            id = tracker.mlflowRunId(run).orElseThrow();
        }
        Files.delete(folder.resolve("journal.jsonl.delivered"));
        assertEquals(List.of(), JournalSync.sync(journal(), mlflow.rest()).warnings());

        Map<String, Service.DatasetInput> byName = inputs(id).stream()
                .collect(Collectors.toMap(input -> input.getDataset().getName(), input -> input));
        assertEquals(Set.of("sft.jsonl", "gsm8k"), byName.keySet());
        Service.DatasetInput sft = byName.get("sft.jsonl");
        assertEquals("0123456789abcdef0123456789abcdef0123", sft.getDataset().getDigest());
        assertEquals("{\"uri\":\"/data/sft.jsonl\"}", sft.getDataset().getSource());
        assertEquals(
                Map.of("mlflow.data.context", "training", "cascade.digest", DIGEST),
                sft.getTagsList().stream()
                        .collect(Collectors.toMap(Service.InputTag::getKey, Service.InputTag::getValue)));
    }

    @Test
    void aReportGoesWithTheJournalAlsoLater() throws Exception {
        Path report = Files.writeString(folder.resolve("cascade-report.html"), "<html>");
        String run;
        try (Journal journal = Journal.open(journal())) {
            run = journal.startRun(RunStart.of("reports", "cascade"));
            journal.endRun(run, RunStatus.FINISHED);
            journal.artifact(run, report, "cascade-report.html");
            journal.artifact(run, folder.resolve("gone.json"), "gone.json");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> journal.artifact(run, folder.resolveSibling("elsewhere"), "elsewhere"));
        }
        List<String> warnings = JournalSync.sync(journal(), mlflow.rest()).warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith(folder.resolve("gone.json") + " cannot be read"), warnings.toString());
        Service.Run known = mlflow.rest()
                .findRun(mlflow.rest().experimentId("reports"), RunTags.RUN, run)
                .orElseThrow();
        assertEquals(
                List.of(new ArtifactEntry("cascade-report.html", false, 6)),
                mlflow.rest().artifacts().list(known.getInfo().getRunId(), ""));
        assertEquals(Service.RunStatus.FINISHED, known.getInfo().getStatus());
    }
}
