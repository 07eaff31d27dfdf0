package io.jenkins.plugins.cascade.track;

import java.util.List;
import java.util.Optional;

/**
 * What a folder of artifacts holds, kept beside its files as {@value #NAME}: what was sent, and what must come back.
 *
 * @param files sorted by path
 */
public record ArtifactManifest(List<Entry> files) {
    /** Name of the manifest in the folder of artifacts; never written to disk by a download. */
    public static final String NAME = "cascade-manifest.json";

    /**
     * A file.
     *
     * @param path relative to the folder, with {@code /}
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     */
    public record Entry(String path, long bytes, String sha256) {}

    /** Keeps a copy of the list. */
    public ArtifactManifest {
        files = List.copyOf(files);
    }

    /** The file at this path. */
    public Optional<Entry> file(String path) {
        return files.stream().filter(entry -> entry.path().equals(path)).findFirst();
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }
}
