package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server. */
@ExtendWith(RealMlflow.class)
class RunArtifactsTest {
    private static final long ANY = Long.MAX_VALUE;

    private final SharedMlflow mlflow;
    private final RunArtifacts artifacts;
    private String run;
    private Path kept;

    @TempDir
    Path folder;

    RunArtifactsTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
        this.artifacts = mlflow.rest().artifacts();
    }

    @BeforeEach
    void startRun() throws Exception {
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), mlflow.rest())) {
            String journalRun = tracker.startRun(RunStart.of("artifacts", "sft"));
            tracker.endRun(journalRun, RunStatus.FINISHED);
            run = tracker.mlflowRunId(journalRun).orElseThrow();
        }
        kept = mlflow.folder()
                .resolve("artifacts")
                .resolve(mlflow.rest().run(run).orElseThrow().getInfo().getExperimentId())
                .resolve(run)
                .resolve("artifacts");
    }

    private static byte[] noise(int bytes, long seed) {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private Path checkpoint(int bytes) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve("final"));
        Files.createDirectories(checkpoint.resolve("extra"));
        Files.writeString(checkpoint.resolve("config.json"), "{}");
        Files.writeString(checkpoint.resolve("extra/a name with ä.txt"), "text");
        Files.write(checkpoint.resolve("model.safetensors"), noise(bytes, 1));
        Files.writeString(checkpoint.resolve(".hidden"), "not sent");
        return checkpoint;
    }

    @Test
    void aCheckpointComesBackAsItWas() throws Exception {
        Path checkpoint = checkpoint(50 << 20);
        ArtifactManifest sent = artifacts.uploadFolder(run, checkpoint, "checkpoints/sft");
        assertTrue(sent.complete());
        assertEquals(
                List.of("config.json", "extra/a name with ä.txt", "model.safetensors"),
                sent.files().stream().map(ArtifactManifest.Entry::path).toList());
        assertEquals(Optional.of(sent), artifacts.manifest(run, "checkpoints/sft"));
        assertEquals(
                List.of(
                        new ArtifactEntry("checkpoints/sft/cascade-manifest.json", false, sent.json().length),
                        new ArtifactEntry("checkpoints/sft/config.json", false, 2),
                        new ArtifactEntry("checkpoints/sft/extra", true, 0),
                        new ArtifactEntry("checkpoints/sft/model.safetensors", false, 50 << 20)),
                artifacts.list(run, "checkpoints/sft"));

        Path back = folder.resolve("back");
        assertEquals(sent, artifacts.downloadFolder(run, "checkpoints/sft", back, ANY));
        for (ArtifactManifest.Entry file : sent.files()) {
            assertEquals(-1, Files.mismatch(checkpoint.resolve(file.path()), back.resolve(file.path())), file.path());
        }
        try (Stream<Path> walk = Files.walk(back)) {
            assertEquals(3, walk.filter(Files::isRegularFile).count());
        }
        assertFalse(Files.exists(folder.resolve(".back.part")));
        assertThrows(
                FileAlreadyExistsException.class, () -> artifacts.downloadFolder(run, "checkpoints/sft", back, ANY));
    }

    @Test
    void anUploadGoesOnWhereItWasInterrupted() throws Exception {
        Path checkpoint = checkpoint(100_000);
        ArtifactManifest whole = artifacts.uploadFolder(run, checkpoint, "model");
        Path first = kept.resolve("model/config.json");
        Path second = kept.resolve("model/model.safetensors");
        // The server's own copies tell what is written again.
        long before = Files.getLastModifiedTime(first).toMillis();
        long large = Files.getLastModifiedTime(second).toMillis();
        ArtifactManifest half = new ArtifactManifest(
                false,
                whole.files().stream()
                        .filter(file -> !file.path().startsWith("extra"))
                        .toList());
        Files.write(kept.resolve("model").resolve(ArtifactManifest.NAME), half.json());
        TrackingException notWhole = assertThrows(
                TrackingException.class, () -> artifacts.downloadFolder(run, "model", folder.resolve("back"), ANY));
        assertTrue(notWhole.getMessage().contains("has no whole \"model\""), notWhole.getMessage());

        Files.writeString(checkpoint.resolve("config.json"), "[]");
        assertEquals(
                whole.file("model.safetensors"),
                artifacts.uploadFolder(run, checkpoint, "model").file("model.safetensors"));
        assertEquals(large, Files.getLastModifiedTime(second).toMillis());
        assertTrue(Files.getLastModifiedTime(first).toMillis() >= before);
        assertEquals("[]", Files.readString(first));

        Files.delete(second);
        artifacts.uploadFolder(run, checkpoint, "model");
        assertEquals(-1, Files.mismatch(checkpoint.resolve("model.safetensors"), second));
    }

    @Test
    void aDownloadGoesOnWhereItWasInterruptedAndForgetsWhatIsForeign() throws Exception {
        Path checkpoint = checkpoint(100_000);
        artifacts.uploadFolder(run, checkpoint, "model");
        Path part = Files.createDirectories(folder.resolve(".back.part"));
        Files.copy(checkpoint.resolve("model.safetensors"), part.resolve("model.safetensors"));
        Files.writeString(part.resolve("config.json"), "cut");
        Files.writeString(part.resolve("foreign"), "of another checkpoint");
        // Fetching this one again would now fail.
        Files.writeString(kept.resolve("model/model.safetensors"), "damaged");
        Path back = folder.resolve("back");
        artifacts.downloadFolder(run, "model", back, ANY);
        assertEquals(-1, Files.mismatch(checkpoint.resolve("model.safetensors"), back.resolve("model.safetensors")));
        assertEquals("{}", Files.readString(back.resolve("config.json")));
        assertFalse(Files.exists(back.resolve("foreign")));
    }

    @Test
    void whatWasChangedOnTheServerIsRefused() throws Exception {
        artifacts.uploadFolder(run, checkpoint(100_000), "model");
        Files.writeString(kept.resolve("model/config.json"), "[]");
        Path back = folder.resolve("back");
        TrackingException changed =
                assertThrows(TrackingException.class, () -> artifacts.downloadFolder(run, "model", back, ANY));
        assertTrue(
                changed.getMessage().startsWith("The artifact \"config.json\" in MLflow at ")
                        && changed.getMessage().contains(" is not what was sent: its SHA-256 is "),
                changed.getMessage());
        assertFalse(Files.exists(back));
        assertFalse(Files.exists(folder.resolve(".back.part/config.json")));
    }

    @Test
    void aManifestThatLeadsOutOfTheFolderIsRefused() throws Exception {
        artifacts.uploadFolder(run, checkpoint(100_000), "model");
        Files.writeString(
                kept.resolve("model").resolve(ArtifactManifest.NAME),
                "{\"complete\":true,\"files\":[{\"path\":\"../../x\",\"bytes\":1,\"sha256\":\"" + "0".repeat(64)
                        + "\"}]}");
        TrackingException hostile = assertThrows(
                TrackingException.class, () -> artifacts.downloadFolder(run, "model", folder.resolve("back"), ANY));
        assertTrue(hostile.getMessage().contains("is damaged"), hostile.getMessage());
    }

    @Test
    void moreThanWasAskedForIsNotFetched() throws Exception {
        artifacts.uploadFolder(run, checkpoint(100_000), "model");
        TrackingException folderTooLarge = assertThrows(
                TrackingException.class, () -> artifacts.downloadFolder(run, "model", folder.resolve("back"), 1000));
        assertTrue(folderTooLarge.getMessage().contains("more than the 1000"), folderTooLarge.getMessage());
        TrackingException fileTooLarge = assertThrows(
                TrackingException.class,
                () -> artifacts.downloadFile(run, "model/model.safetensors", folder.resolve("back"), null, 1000));
        assertEquals(
                "The artifact " + kept.getParent().getParent().getFileName() + "/" + run
                        + "/artifacts/model/model.safetensors is longer than 1000 bytes",
                fileTooLarge.getMessage());
        assertFalse(Files.exists(folder.resolve("back")));
    }

    @Test
    void aReportIsOneFile() throws Exception {
        Path report = Files.writeString(folder.resolve("report.html"), "<html>");
        ArtifactManifest.Entry sent = artifacts.uploadFile(run, report, "report.html");
        assertEquals(sent, artifacts.downloadFile(run, "report.html", folder.resolve("back.html"), sent, ANY));
        assertArrayEquals(Files.readAllBytes(report), Files.readAllBytes(folder.resolve("back.html")));
        Files.writeString(report, "<html lang=\"en\">");
        artifacts.uploadFile(run, report, "report.html");
        artifacts.downloadFile(run, "report.html", folder.resolve("back.html"), null, ANY);
        assertEquals("<html lang=\"en\">", Files.readString(folder.resolve("back.html")));
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertEquals(Optional.empty(), artifacts.manifest(run, "model"));
        assertEquals(List.of(), artifacts.list(run, "model"));
        assertEquals(List.of(), artifacts.list(run, ""));
        TrackingException noRun =
                assertThrows(TrackingException.class, () -> artifacts.manifest("0".repeat(32), "model"));
        assertTrue(noRun.isNotFound(), noRun.getMessage());
        TrackingException noFile = assertThrows(
                TrackingException.class,
                () -> artifacts.downloadFile(run, "report.html", folder.resolve("back"), null, ANY));
        assertEquals(404, noFile.status(), noFile.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc", "../x", "a/../b", "a//b", "a/", "a\\b", "%2e%2e/x", "a?b", "a#b"})
    void aPathThatAServerCouldReadAnotherWayIsRefused(String path) {
        TrackingException refused =
                assertThrows(TrackingException.class, () -> artifacts.uploadFile(run, folder.resolve("any"), path));
        assertTrue(refused.getMessage().startsWith("An artifact cannot be called"), refused.getMessage());
    }
}
