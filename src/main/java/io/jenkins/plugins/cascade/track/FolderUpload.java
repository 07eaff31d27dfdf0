package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sends a folder file by file. After each one the manifest on the server says so, from which an interrupted upload goes on. */
final class FolderUpload {
    private final RunArtifacts artifacts;
    private final String runId;
    private final String path;
    private final String place;

    /**
     * An upload.
     *
     * @param path folder of the run's artifacts
     * @param place the same in the server's store of all artifacts
     */
    FolderUpload(RunArtifacts artifacts, String runId, String path, String place) {
        this.artifacts = artifacts;
        this.runId = runId;
        this.path = path;
        this.place = place;
    }

    ArtifactManifest send(Path folder) throws IOException {
        TreeMap<String, Path> files = files(folder);
        ArtifactManifest before = artifacts.manifestAt(place).orElse(new ArtifactManifest(false, List.of()));
        TreeMap<String, ArtifactManifest.Entry> there = kept(before);
        there.keySet().retainAll(files.keySet());
        for (var file : files.entrySet()) {
            if (!same(file.getValue(), Optional.ofNullable(there.get(file.getKey())))) {
                there.remove(file.getKey());
                artifacts.putManifest(place, manifest(false, there));
                String name = ArtifactPath.checked(file.getKey());
                there.put(name, artifacts.upload(ArtifactPath.below(place, name), file.getValue(), name));
            }
        }
        ArtifactManifest whole = manifest(true, there);
        if (!whole.equals(before)) {
            artifacts.putManifest(place, whole);
        }
        return whole;
    }

    /** What the manifest names and the server has, in the same size: somebody may have removed a file by hand. */
    private TreeMap<String, ArtifactManifest.Entry> kept(ArtifactManifest before) throws TrackingException {
        Map<String, Long> sizes = new HashMap<>();
        TreeSet<String> folders = new TreeSet<>();
        before.files().forEach(entry -> folders.add(folder(ArtifactPath.below(path, entry.path()))));
        for (String folder : folders) {
            artifacts.list(runId, folder).forEach(entry -> sizes.put(entry.path(), entry.bytes()));
        }
        TreeMap<String, ArtifactManifest.Entry> kept = new TreeMap<>();
        for (ArtifactManifest.Entry entry : before.files()) {
            Long size = sizes.get(ArtifactPath.below(path, entry.path()));
            if (size != null && size == entry.bytes()) {
                kept.put(entry.path(), entry);
            }
        }
        return kept;
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    private static ArtifactManifest manifest(boolean complete, TreeMap<String, ArtifactManifest.Entry> files) {
        return new ArtifactManifest(complete, new ArrayList<>(files.values()));
    }

    private static boolean same(Path file, Optional<ArtifactManifest.Entry> sent) throws IOException {
        return sent.isPresent()
                && sent.get().bytes() == Files.size(file)
                && sent.get().sha256().equals(Sha256.ofFile(file));
    }

    private static TreeMap<String, Path> files(Path folder) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        if (files.isEmpty() || files.size() > ArtifactManifest.MOST_FILES || files.containsKey(ArtifactManifest.NAME)) {
            throw new IOException("The folder " + folder + " cannot be sent to MLflow: it must hold 1 to "
                    + ArtifactManifest.MOST_FILES + " files, none of them called " + ArtifactManifest.NAME
                    + ", and holds " + files.size());
        }
        return files;
    }
}
