package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a folder of artifacts holds, kept beside its files as {@value #NAME}: what was sent, and what must come back.
 *
 * @param complete false while an upload is at work, or after one was interrupted
 * @param files sorted by path
 */
public record ArtifactManifest(boolean complete, List<Entry> files) {
    /** Name of the manifest in the folder of artifacts; never written to disk by a download. */
    public static final String NAME = "cascade-manifest.json";

    /** Most files that a folder may have. */
    public static final int MOST_FILES = 10_000;

    /** Longest manifest that is read. */
    static final int MAX_BYTES = 8 << 20;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * A file.
     *
     * @param path relative to the folder, with {@code /}
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     */
    public record Entry(String path, long bytes, String sha256) {
        /** Refuses what no upload of ours writes. */
        public Entry {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(sha256, "sha256");
            if (!ArtifactPath.allowed(path)) {
                throw new IllegalArgumentException("\"" + Answers.printable(path) + "\" is no path of an artifact");
            }
            if (bytes < 0 || !SHA_256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("\"" + path + "\" has no size or no SHA-256");
            }
        }
    }

    /** Keeps a copy of the list; refuses two entries for one path, and more than {@value #MOST_FILES}. */
    public ArtifactManifest {
        files = List.copyOf(files);
        Set<String> paths = new HashSet<>();
        for (Entry file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("\"" + file.path() + "\" is there twice");
            }
        }
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException("it names more than " + MOST_FILES + " files");
        }
    }

    /** The file at this path. */
    public Optional<Entry> file(String path) {
        return files.stream().filter(entry -> entry.path().equals(path)).findFirst();
    }

    /** Bytes of all files. */
    public long totalBytes() {
        return files.stream().mapToLong(Entry::bytes).sum();
    }

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest is always writable.", e);
        }
    }

    /** Reads a manifest; the message of the exception says what is wrong with it, for the end of a sentence. */
    static ArtifactManifest read(byte[] json) {
        try {
            ArtifactManifest manifest =
                    JSON.readValue(new String(json, StandardCharsets.UTF_8), ArtifactManifest.class);
            if (manifest == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return manifest;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(Answers.printable(e.getOriginalMessage()), e);
        }
    }
}
