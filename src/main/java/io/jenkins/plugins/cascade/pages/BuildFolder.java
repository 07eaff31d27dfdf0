package io.jenkins.plugins.cascade.pages;

import hudson.model.Run;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder {@code cascade} of a build, which the steps write and the pages read.
 *
 * @param path the folder
 */
record BuildFolder(Path path) {
    /** Path of the record in a build's folder. */
    static final String RECORD = "cascade/" + CascadeFile.NAME;

    private static final String FOLDER = "cascade";
    private static final int FILES_OF_STAGES = 3;

    /** The folder of a build, whether it exists or not. */
    static BuildFolder of(Run<?, ?> run) {
        return new BuildFolder(run.getRootDir().toPath().resolve(FOLDER));
    }

    /** Whether a cascade has written its record here; a link does not count. */
    boolean hasRecord() {
        return Files.isRegularFile(path.resolve(CascadeFile.NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The record.
     *
     * @throws IOException with one sentence for people when it cannot be read
     */
    CascadeRecord record() throws IOException {
        return CascadeFile.read(path.resolve(CascadeFile.NAME), "The record of this cascade");
    }

    /** Names, sizes and times of all that a page is made of: as long as it stays the same, so does the page. */
    String fingerprint() throws IOException {
        try (Stream<Path> files = Files.walk(path, FILES_OF_STAGES)) {
            return files.sorted().map(BuildFolder::stamp).collect(Collectors.joining("\n"));
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("The files of this cascade cannot be listed", e);
        }
    }

    /** A file may be replaced while the others are looked at. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return file + " is gone";
        }
    }
}
