package io.jenkins.plugins.cascade.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what the builds of a job came to from the folder that holds one folder a build, named by its number. Nothing else of a build is
 * opened. A summary that was read is kept until its file changes; may be used by several threads.
 */
public final class BuildHistory {
    private static final int MOST_KEPT = 1000;
    private static final int FOLDERS_A_RECORD = 4;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final String record;
    private final Map<Path, Kept> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    });

    private record Kept(FileTime changed, long size, String cascade, BuildSummary summary) {}

    /**
     * A reader without anything kept.
     *
     * @param record path of the record in a build's folder, for example {@code cascade/cascade.json}
     */
    public BuildHistory(String record) {
        this.record = record;
    }

    /** The last builds that have a record; none where the folder cannot be listed. A damaged record is a build that cannot be read. */
    public Trend read(Path builds, int most) {
        return read(builds, most, name -> true);
    }

    /** The last builds whose records carry such a name of a cascade; those that cannot be read are left out. */
    Trend named(String cascade, Path builds, int most) {
        return read(builds, most, cascade::equals);
    }

    /** Whether one of the newest {@code newest} builds has a record. */
    public boolean any(Path builds, int newest) {
        return numbers(builds).stream().limit(newest).anyMatch(number -> attributes(file(builds, number))
                .isPresent());
    }

    private Trend read(Path builds, int most, Predicate<String> wanted) {
        List<BuildSummary> summaries = new ArrayList<>();
        for (int number :
                numbers(builds).stream().limit((long) FOLDERS_A_RECORD * most).toList()) {
            if (summaries.size() == most) {
                break;
            }
            Path file = file(builds, number);
            attributes(file)
                    .map(attributes -> kept(number, file, attributes))
                    .filter(found -> wanted.test(found.cascade()))
                    .ifPresent(found -> summaries.add(found.summary()));
        }
        Collections.reverse(summaries);
        return new Trend(summaries);
    }

    private Path file(Path builds, int number) {
        return builds.resolve(Integer.toString(number)).resolve(record);
    }

    private Kept kept(int number, Path file, BasicFileAttributes attributes) {
        FileTime changed = attributes.lastModifiedTime();
        Kept known = kept.get(file);
        if (known != null && known.changed().equals(changed) && known.size() == attributes.size()) {
            return known;
        }
        Kept read = read(number, file, attributes);
        kept.put(file, read);
        return read;
    }

    private static Kept read(int number, Path file, BasicFileAttributes attributes) {
        FileTime changed = attributes.lastModifiedTime();
        try {
            CascadeRecord cascade = CascadeFile.read(file, "The record");
            return new Kept(changed, attributes.size(), cascade.cascade(), BuildSummary.of(number, cascade));
        } catch (IOException e) {
            return new Kept(changed, attributes.size(), "", BuildSummary.unreadable(number, e.getMessage()));
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Numbers of the builds, newest first. */
    private static List<Integer> numbers(Path builds) {
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> NUMBER.matcher(name).matches())
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
