package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The runs in a journal that have started and not ended. When the journal can be locked, whoever started them is dead.
 */
final class OpenRuns {
    private final Map<String, Long> lastTimes = new LinkedHashMap<>();

    private OpenRuns() {}

    /** Reads a whole journal; none is the same as an empty one. */
    static OpenRuns in(Path journal) throws IOException {
        OpenRuns runs = new OpenRuns();
        if (Files.exists(journal)) {
            JournalReader reader = new JournalReader(journal);
            long offset = 0;
            JournalReader.Lines lines = reader.read(offset);
            while (lines.end() > offset) {
                lines.entries().forEach(runs::add);
                offset = lines.end();
                lines = reader.read(offset);
            }
        }
        return runs;
    }

    private void add(JournalEntry entry) {
        if (entry instanceof JournalEntry.Start) {
            lastTimes.put(entry.run(), entry.time());
        } else if (entry instanceof JournalEntry.End) {
            lastTimes.remove(entry.run());
        } else {
            lastTimes.computeIfPresent(entry.run(), (run, time) -> Math.max(time, entry.time()));
        }
    }

    /** By id, when the last thing about the run was logged, in milliseconds since 1970. */
    Map<String, Long> lastTimes() {
        return Map.copyOf(lastTimes);
    }
}
