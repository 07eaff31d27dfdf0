package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service;

/**
 * The artifacts of runs, over the server's artifact REST API: streamed, so that a file may be larger than the memory, and checked by
 * SHA-256 in both directions. Paths are relative to the run's artifacts, {@code /} between their parts.
 *
 * <p>Every method throws {@link TrackingException} with one sentence when the server is away, refuses, hangs, has no such run, or keeps
 * its artifacts where only its own clients reach them.
 */
public final class RunArtifacts {
    private static final int MOST_PAGES = 1000;

    private final MlflowHttp http;
    private final ArtifactHttp files;

    /**
     * The artifacts of a server's runs.
     *
     * @param stall how long nothing of a transfer may move
     */
    RunArtifacts(MlflowHttp http, Duration stall) {
        this.http = http;
        this.files = new ArtifactHttp(http, stall);
    }

    /**
     * The files and folders directly in a folder, sorted by path; empty when there is no such folder.
     *
     * @param folder empty for the run's whole artifacts
     */
    public List<ArtifactEntry> list(String runId, String folder) throws TrackingException {
        List<ArtifactEntry> entries = new ArrayList<>();
        String page = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Service.ListArtifacts.Response.Builder answer = page(runId, folder, page);
            answer.getFilesList()
                    .forEach(file ->
                            entries.add(new ArtifactEntry(file.getPath(), file.getIsDir(), file.getFileSize())));
            page = answer.getNextPageToken();
            if (page.isEmpty() || entries.size() > ArtifactManifest.MOST_FILES) {
                break;
            }
        }
        if (!page.isEmpty()) {
            throw TrackingException.lasting(
                    "The artifacts of run " + runId + " in \"" + folder + "\" are more than "
                            + ArtifactManifest.MOST_FILES,
                    null);
        }
        return entries.stream()
                .sorted(Comparator.comparing(ArtifactEntry::path))
                .toList();
    }

    private Service.ListArtifacts.Response.Builder page(String runId, String folder, String page)
            throws TrackingException {
        Map<String, String> query = new HashMap<>(Map.of("run_id", runId));
        if (!folder.isEmpty()) {
            query.put("path", ArtifactPath.checked(folder));
        }
        if (!page.isEmpty()) {
            query.put("page_token", page);
        }
        return ProtoJson.parse(
                http.address(), http.get("artifacts/list", query), Service.ListArtifacts.Response.newBuilder());
    }

    /**
     * Sends a file and reads it back.
     *
     * @param path of the artifact
     * @return its size and the SHA-256 of what the server keeps
     * @throws IOException also when the file cannot be read or changes meanwhile
     */
    public ArtifactManifest.Entry uploadFile(String runId, Path file, String path) throws IOException {
        ArtifactPath.checked(path);
        return upload(ArtifactPath.below(ArtifactRoot.of(http, runId), path), file, path);
    }

    ArtifactManifest.Entry upload(String place, Path file, String path) throws IOException {
        ReceivedBody.Received sent = files.put(place, file);
        ReceivedBody.Received kept = files.digest(place, sent.bytes());
        if (!kept.equals(sent)) {
            throw TrackingException.lasting(
                    "MLflow at " + http.address() + " keeps another \"" + path + "\" than was sent: " + kept.bytes()
                            + " bytes with SHA-256 " + kept.sha256() + " instead of " + sent.bytes() + " with "
                            + sent.sha256() + "; is another build writing there?",
                    null);
        }
        return new ArtifactManifest.Entry(path, sent.bytes(), sent.sha256());
    }

    /**
     * Sends the regular files of a folder, hidden files and links left out, and reads each back. What an earlier, interrupted call sent
     * whole is not sent again.
     *
     * @param path folder of the artifacts
     * @return what is in the folder of the artifacts now
     * @throws IOException also when a file cannot be read or changes meanwhile
     */
    public ArtifactManifest uploadFolder(String runId, Path folder, String path) throws IOException {
        ArtifactPath.checked(path);
        return new FolderUpload(this, runId, path, ArtifactPath.below(ArtifactRoot.of(http, runId), path)).send(folder);
    }

    /** The manifest of a folder that {@link #uploadFolder} sent; empty when there is none. */
    public Optional<ArtifactManifest> manifest(String runId, String path) throws TrackingException {
        ArtifactPath.checked(path);
        return manifestAt(ArtifactPath.below(ArtifactRoot.of(http, runId), path));
    }

    Optional<ArtifactManifest> manifestAt(String place) throws TrackingException {
        Optional<byte[]> json = files.small(ArtifactPath.below(place, ArtifactManifest.NAME));
        try {
            return json.map(ArtifactManifest::read);
        } catch (IllegalArgumentException e) {
            throw TrackingException.lasting(
                    "The manifest of the artifacts " + place + " in MLflow at " + http.address() + " is damaged: "
                            + e.getMessage(),
                    e);
        }
    }

    void putManifest(String place, ArtifactManifest manifest) throws TrackingException {
        files.put(ArtifactPath.below(place, ArtifactManifest.NAME), manifest.json());
    }

    /**
     * Fetches a file; under its name there is all of it or nothing.
     *
     * @param target replaced when it is there
     * @param expected size and SHA-256 that it must have; null takes what comes
     * @param maxBytes a longer file is refused
     * @return its size and SHA-256
     */
    public ArtifactManifest.Entry downloadFile(
            String runId, String path, Path target, ArtifactManifest.Entry expected, long maxBytes) throws IOException {
        ArtifactPath.checked(path);
        return download(ArtifactPath.below(ArtifactRoot.of(http, runId), path), path, target, expected, maxBytes);
    }

    ArtifactManifest.Entry download(
            String place, String path, Path target, ArtifactManifest.Entry expected, long maxBytes) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        long limit = expected == null ? maxBytes : Math.min(maxBytes, expected.bytes());
        try {
            ReceivedBody.Received received = files.get(place, part, limit);
            ArtifactManifest.Entry entry = new ArtifactManifest.Entry(path, received.bytes(), received.sha256());
            if (expected != null && !expected.sha256().equals(entry.sha256())) {
                throw TrackingException.lasting(
                        "The artifact \"" + path + "\" in MLflow at " + http.address()
                                + " is not what was sent: its SHA-256 is " + entry.sha256() + " instead of "
                                + expected.sha256(),
                        null);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return entry;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Fetches a folder that {@link #uploadFolder} sent. The target appears whole, by a rename, when every file has the manifest's SHA-256;
     * files of an earlier, interrupted call are not fetched again. Not for two callers with the same target at once.
     *
     * @param target must not be there yet
     * @param maxBytes a larger folder is refused before anything is fetched
     * @return what is in the target now
     * @throws TrackingException also when the artifacts have no whole manifest or a file differs from it
     */
    public ArtifactManifest downloadFolder(String runId, String path, Path target, long maxBytes) throws IOException {
        ArtifactPath.checked(path);
        String place = ArtifactPath.below(ArtifactRoot.of(http, runId), path);
        ArtifactManifest manifest = manifestAt(place)
                .filter(ArtifactManifest::complete)
                .orElseThrow(() -> TrackingException.lasting(
                        "Run " + runId + " in MLflow at " + http.address() + " has no whole \"" + path
                                + "\" among its artifacts",
                        null));
        if (manifest.totalBytes() > maxBytes) {
            throw TrackingException.lasting(
                    "The artifacts \"" + path + "\" of run " + runId + " in MLflow at " + http.address() + " have "
                            + manifest.totalBytes() + " bytes, more than the " + maxBytes + " that are taken",
                    null);
        }
        new FolderDownload(this, place, manifest).to(target);
        return manifest;
    }
}
