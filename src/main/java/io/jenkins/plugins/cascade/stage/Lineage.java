package io.jenkins.plugins.cascade.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a checkpoint comes from, as its own folder tells it: every stage that led to it, the oldest first.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param ancestor the model that the oldest of the generations started from
 * @param generations at least one; the last one made this checkpoint
 */
public record Lineage(int schema, Ancestor ancestor, List<Generation> generations) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    private static final int MOST_GENERATIONS = 1000;

    /**
     * Checks that every generation started from what the one before it made.
     *
     * @throws IllegalArgumentException when that is not so, or a digest is missing
     */
    public Lineage {
        generations = generations == null ? List.of() : List.copyOf(generations);
        if (schema != SCHEMA || ancestor == null || generations.isEmpty() || generations.size() > MOST_GENERATIONS) {
            throw new IllegalArgumentException(
                    "it is no lineage of the schema " + SCHEMA + " with 1 to " + MOST_GENERATIONS + " generations");
        }
        String before = ancestor.digest();
        for (Generation generation : generations) {
            if (!before.equals(generation.parentDigest())) {
                throw new IllegalArgumentException(
                        "the generation '" + generation.stage() + "' did not start from what is written before it");
            }
            before = generation.checkpointDigest();
        }
    }

    /**
     * The model at the beginning.
     *
     * @param name name of its folder, for people
     * @param digest its digest
     * @param base true for a model that a step named and whose folder tells of no stage; false for a checkpoint of an earlier stage whose
     *     own ancestors are not written down
     */
    public record Ancestor(String name, String digest, boolean base) {
        /** Checks the digest. */
        public Ancestor {
            if (name == null || !UntrustedFile.isDigest(digest)) {
                throw new IllegalArgumentException("the model at the beginning has no name or no digest");
            }
        }
    }

    /** The stage that made this checkpoint. */
    public Generation last() {
        return generations.get(generations.size() - 1);
    }

    /** The lineage of what a stage made of this checkpoint. */
    Lineage followedBy(Generation next) {
        List<Generation> longer = new ArrayList<>(generations);
        longer.add(next);
        return new Lineage(schema, ancestor, longer);
    }

    /** The same with another account of the last generation. */
    Lineage withLast(Generation last) {
        List<Generation> changed = new ArrayList<>(generations);
        changed.set(changed.size() - 1, last);
        return new Lineage(schema, ancestor, changed);
    }
}
