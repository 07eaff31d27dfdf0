package io.jenkins.plugins.cascade.stage;

import java.io.Serializable;
import java.util.Locale;

/**
 * What a gate measures against, as a step names it.
 *
 * @param kind where its scores are
 * @param value name of a stage, path of a file, or the whole reference of an earlier build; null for the parent and the anchor
 */
public record BaselineReference(Kind kind, String value) implements Serializable {
    private static final String STAGE_SCHEME = "stage:";
    private static final String MLFLOW_SCHEME = "mlflow:";
    private static final String SUFFIX = ".jsonl";

    /** Where scores can be. */
    public enum Kind {
        /** The stage that the judged one builds on. */
        PARENT,
        /** The build's first accepted stage without a parent. */
        ANCHOR,
        /** A named stage of this build. */
        STAGE,
        /** A file of score lines. */
        FILE,
        /** An earlier build, asked of a {@link BaselineSource}. */
        MLFLOW
    }

    /**
     * Reads {@code parent}, {@code anchor}, {@code stage:<name>}, {@code mlflow:...}, or the path of a score file, which ends in
     * {@code .jsonl}, so that a misspelt word is not taken for a file.
     *
     * @throws IllegalArgumentException with one sentence when it is none of these
     */
    public static BaselineReference parse(String text) {
        boolean printable = text != null && text.equals(UntrustedFile.printable(text));
        String given = printable ? text.trim() : "";
        if (given.equals("parent") || given.equals("anchor")) {
            return new BaselineReference(Kind.valueOf(given.toUpperCase(Locale.ROOT)), null);
        }
        if (given.startsWith(STAGE_SCHEME) && given.length() > STAGE_SCHEME.length()) {
            return new BaselineReference(Kind.STAGE, given.substring(STAGE_SCHEME.length()));
        }
        if (given.startsWith(MLFLOW_SCHEME) && given.length() > MLFLOW_SCHEME.length()) {
            return new BaselineReference(Kind.MLFLOW, given);
        }
        if (given.endsWith(SUFFIX) && given.length() > SUFFIX.length()) {
            return new BaselineReference(Kind.FILE, given);
        }
        throw new IllegalArgumentException(
                "A baseline is 'parent', 'anchor', 'stage:' and a stage's name, 'mlflow:' and"
                        + " a run, or a score file whose name ends in .jsonl, but not '" + UntrustedFile.printable(text)
                        + "'");
    }

    /** As a step would name it. */
    public String text() {
        return switch (kind) {
            case PARENT -> "parent";
            case ANCHOR -> "anchor";
            case STAGE -> STAGE_SCHEME + value;
            case FILE, MLFLOW -> value;
        };
    }
}
