package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Fetches a folder into a hidden one beside the target, which gets its name when it is whole. */
final class FolderDownload {
    private final RunArtifacts artifacts;
    private final String place;
    private final ArtifactManifest manifest;

    FolderDownload(RunArtifacts artifacts, String place, ArtifactManifest manifest) {
        this.artifacts = artifacts;
        this.place = place;
        this.manifest = manifest;
    }

    void to(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is in the way of a download");
        }
        Path folder = target.resolveSibling("." + target.getFileName() + ".part");
        Files.createDirectories(folder);
        removeForeign(folder);
        for (ArtifactManifest.Entry file : manifest.files()) {
            Path path = folder.resolve(file.path());
            if (!there(path, file)) {
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                artifacts.download(ArtifactPath.below(place, file.path()), file.path(), path, file, file.bytes());
            }
        }
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean there(Path file, ArtifactManifest.Entry wanted) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == wanted.bytes()
                && Sha256.ofFile(file).equals(wanted.sha256());
    }

    /** What an earlier download of another manifest left. */
    private void removeForeign(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : files) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            if (manifest.file(path).isEmpty()) {
                Files.delete(file);
            }
        }
    }
}
