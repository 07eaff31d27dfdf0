package io.jenkins.plugins.cascade.verify.swe;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How alike two patches are: twice the common part of their unified diffs over the length of both, in words; 0..1. */
final class LexicalSimilarity {

    private static final int CONTEXT = 3;
    private static final int MAX_TOKENS = 4000;
    private static final Pattern TOKEN = Pattern.compile("\\w++|\\s++|\\W");

    private LexicalSimilarity() {}

    static double of(Map<String, String> original, Map<String, String> expected, Map<String, String> actual) {
        List<String> ours = diff(original, expected);
        List<String> theirs = diff(original, actual);
        if (ours.equals(theirs)) {
            return 1;
        }
        List<String> ourWords = words(ours);
        List<String> theirWords = words(theirs);
        boolean small = ourWords.size() + theirWords.size() <= MAX_TOKENS;
        if (!small && ours.size() + theirs.size() > MAX_TOKENS) {
            return 0;
        }
        return Math.min(ratio(small ? ourWords : ours, small ? theirWords : theirs), Math.nextDown(1.0));
    }

    private static double ratio(List<String> ours, List<String> theirs) {
        int removed = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(ours, theirs).getDeltas()) {
            removed += delta.getSource().size();
        }
        return 2.0 * (ours.size() - removed) / (ours.size() + theirs.size());
    }

    /** The unified diff of the changed files, in the order of their paths. */
    static List<String> diff(Map<String, String> original, Map<String, String> changed) {
        List<String> lines = new ArrayList<>();
        for (String path : new TreeSet<>(changed.keySet())) {
            List<String> before = List.of(original.getOrDefault(path, "").split("\n", -1));
            List<String> after = List.of(changed.get(path).split("\n", -1));
            if (!before.equals(after)) {
                lines.addAll(UnifiedDiffUtils.generateUnifiedDiff(
                        path, path, before, DiffUtils.diff(before, after), CONTEXT));
            }
        }
        return lines;
    }

    private static List<String> words(List<String> lines) {
        List<String> words = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(String.join("\n", lines));
        while (matcher.find() && words.size() <= MAX_TOKENS) {
            words.add(matcher.group());
        }
        return words;
    }
}
