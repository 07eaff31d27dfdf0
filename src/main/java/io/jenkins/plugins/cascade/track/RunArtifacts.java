package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts of runs, over the server's artifact REST API: streamed, so that a file may be larger than the memory, and checked by
 * SHA-256 in both directions. Paths are relative to the run's artifacts, {@code /} between their parts.
 *
 * <p>Every method throws {@link TrackingException} with one sentence when the server is away, refuses, hangs, has no such run, or keeps
 * its artifacts where only its own clients reach them.
 */
public final class RunArtifacts {
    private final MlflowHttp http;

    RunArtifacts(MlflowHttp http) {
        this.http = http;
    }

    /**
     * The files and folders directly in a folder, sorted by path; empty when there is no such folder.
     *
     * @param folder empty for the run's whole artifacts
     */
    public List<ArtifactEntry> list(String runId, String folder) throws TrackingException {
        throw new UnsupportedOperationException("follows");
    }

    /**
     * Sends a file and reads it back.
     *
     * @param path of the artifact
     * @return SHA-256 of what the server keeps, 64 hexadecimal digits
     * @throws IOException also when the file cannot be read or changes meanwhile
     */
    public String uploadFile(String runId, Path file, String path) throws IOException {
        throw new UnsupportedOperationException("follows");
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
        throw new UnsupportedOperationException("follows");
    }

    /** The manifest of a folder that {@link #uploadFolder} sent; empty when there is none. */
    public Optional<ArtifactManifest> manifest(String runId, String path) throws TrackingException {
        throw new UnsupportedOperationException("follows");
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
        throw new UnsupportedOperationException("follows");
    }

    /**
     * Fetches a folder that {@link #uploadFolder} sent. The target appears whole, by a rename, when every file has the manifest's SHA-256;
     * files of an earlier, interrupted call are not fetched again.
     *
     * @param target must not be there yet
     * @param maxBytes a larger folder is refused before anything is fetched
     * @return what is in the target now
     * @throws TrackingException also when the artifacts have no manifest or a file differs from it
     */
    public ArtifactManifest downloadFolder(String runId, String path, Path target, long maxBytes) throws IOException {
        throw new UnsupportedOperationException("follows");
    }
}
