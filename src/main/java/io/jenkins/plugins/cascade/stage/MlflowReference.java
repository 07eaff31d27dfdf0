package io.jenkins.plugins.cascade.stage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of an earlier build, or a model that one made, as MLflow's users name it.
 *
 * @param kind how it is named
 * @param name name of the registered model; of the last accepted run, the cascade whose it is, or null for the asking one; of a run, its id
 * @param value alias or version of the model; otherwise null
 * @param text the whole reference as it was given
 */
public record MlflowReference(Kind kind, String name, String value, String text) {
    private static final String NAME = "[^/:@'\"`\\\\\\p{Cntrl}]{1,250}";
    private static final String ALIAS = "[A-Za-z0-9_-]{1,255}";
    private static final Pattern MODEL_ALIAS = Pattern.compile("(?:models:/|mlflow:)(" + NAME + ")@(" + ALIAS + ")");
    private static final Pattern MODEL_VERSION = Pattern.compile("(?:models:/|mlflow:)(" + NAME + ")/([1-9]\\d{0,8})");
    private static final Pattern RUN = Pattern.compile("(?:runs:/|mlflow:)?([0-9a-f]{32})(?:/model)?");
    private static final Pattern LAST = Pattern.compile("mlflow:last-accepted(?:/([^'\"`\\\\\\p{Cntrl}]{1,250}))?");

    /** The ways to name one. */
    public enum Kind {
        /** {@code models:/name@alias}. */
        ALIAS,
        /** {@code models:/name/3}. */
        VERSION,
        /** {@code runs:/id} or the id alone: a stage's run. */
        RUN,
        /** {@code mlflow:last-accepted} or {@code mlflow:last-accepted/job}: the last stage of the last accepted build. */
        LAST_ACCEPTED
    }

    /** Whether a text is meant as one, well written or not; a folder or a stage is not. */
    public static boolean is(String text) {
        return text != null
                && (text.startsWith("models:/")
                        || text.startsWith("runs:/")
                        || text.startsWith("mlflow:")
                        || text.matches("[0-9a-f]{32}"));
    }

    /**
     * Reads one.
     *
     * @throws StageException with one sentence when it is none
     */
    public static MlflowReference parse(String text) throws StageException {
        Matcher last = LAST.matcher(text);
        if (last.matches()) {
            return new MlflowReference(Kind.LAST_ACCEPTED, last.group(1), null, text);
        }
        Matcher run = RUN.matcher(text);
        if (run.matches()) {
            return new MlflowReference(Kind.RUN, run.group(1), null, text);
        }
        Matcher alias = MODEL_ALIAS.matcher(text);
        if (alias.matches()) {
            return new MlflowReference(Kind.ALIAS, alias.group(1), alias.group(2), text);
        }
        Matcher version = MODEL_VERSION.matcher(text);
        if (version.matches()) {
            return new MlflowReference(Kind.VERSION, version.group(1), version.group(2), text);
        }
        throw new StageException(
                "'" + UntrustedFile.printable(text) + "' names nothing in MLflow: write models:/NAME@ALIAS,"
                        + " models:/NAME/VERSION, runs:/ID with the 32 digits of the run of a stage, or mlflow:last-accepted");
    }
}
