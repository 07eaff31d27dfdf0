package io.jenkins.plugins.cascade.verify.swe;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unified diffs of one or more files; a hunk may stand elsewhere than its line numbers say, its context must be exact. */
final class UnifiedDiffs {

    private UnifiedDiffs() {}

    static boolean isIn(String response) {
        return response.lines().anyMatch(line -> line.startsWith("@@ -"));
    }

    /** The changed files. */
    static Map<String, String> apply(String diff, Map<String, String> files) throws PatchException {
        Map<String, String> changed = new LinkedHashMap<>();
        for (List<String> part : parts(diff)) {
            String path = path(part, files);
            String before = changed.getOrDefault(path, files.get(path));
            changed.put(path, applied(part, before));
        }
        if (changed.isEmpty()) {
            throw new PatchException("there is no hunk in it");
        }
        return changed;
    }

    /** The diff of each file: from its {@code ---} line, or its first hunk, to the next one's. */
    private static List<List<String>> parts(String diff) {
        List<List<String>> parts = new ArrayList<>();
        String[] lines = diff.split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at];
            boolean header = line.startsWith("--- ") && at + 1 < lines.length && lines[at + 1].startsWith("+++ ");
            boolean bareHunk = line.startsWith("@@ -") && parts.isEmpty();
            if (header || bareHunk) {
                parts.add(new ArrayList<>());
            }
            if (!parts.isEmpty() && belongs(line)) {
                parts.get(parts.size() - 1).add(line);
            }
        }
        return parts;
    }

    private static boolean belongs(String line) {
        return !line.isEmpty() && !line.startsWith("```") && " +-@".indexOf(line.charAt(0)) >= 0;
    }

    private static String path(List<String> part, Map<String, String> files) throws PatchException {
        for (String line : part.subList(0, Math.min(2, part.size()))) {
            if (line.startsWith("--- ") || line.startsWith("+++ ")) {
                String path = line.substring(4).split("\t", 2)[0].strip().replaceFirst("^[ab]/", "");
                if (files.containsKey(path)) {
                    return path;
                }
            }
        }
        if (files.size() == 1 && part.get(0).startsWith("@@")) {
            return files.keySet().iterator().next();
        }
        throw new PatchException("it names no known file");
    }

    private static String applied(List<String> part, String before) throws PatchException {
        List<String> lines = new ArrayList<>(part);
        if (lines.get(0).startsWith("@@")) {
            lines.addAll(0, List.of("--- a", "+++ b"));
        }
        try {
            Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(lines);
            if (patch.getDeltas().isEmpty()) {
                throw new PatchException("it has no changes");
            }
            boolean ended = before.endsWith("\n");
            List<String> text = List.of((ended ? before.substring(0, before.length() - 1) : before).split("\n", -1));
            return String.join("\n", patch.applyFuzzy(text, 0)) + (ended ? "\n" : "");
        } catch (PatchFailedException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new PatchException("a hunk does not fit the file");
        }
    }
}
