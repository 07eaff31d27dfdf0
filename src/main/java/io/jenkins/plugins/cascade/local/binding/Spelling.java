package io.jenkins.plugins.cascade.local.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.codehaus.groovy.runtime.MethodRankHelper;

/** Finds what a user meant. */
public final class Spelling {
    private Spelling() {}

    /** The candidate nearest to the word, if it is at most a third of the word away (Damerau-Levenshtein, letter case ignored). */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate ->
                        distance(lower, candidate) <= MethodRankHelper.DL_DELETE * Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String candidate) -> distance(lower, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** In units of {@link MethodRankHelper#DL_DELETE} for a letter. */
    private static int distance(String lower, String candidate) {
        return MethodRankHelper.damerauLevenshteinDistance(
                lower.chars().boxed().toArray(),
                candidate.toLowerCase(Locale.ROOT).chars().boxed().toArray());
    }
}
