package io.jenkins.plugins.cascade.track;

import java.util.regex.Pattern;

/**
 * What MLflow accepts (mlflow.utils.validation of 3.17): names of letters, digits, {@code _ . - / :} and space that
 * are paths without empty, {@code .} or {@code ..} segments, at most 250 characters; a parameter of at most 6000
 * characters and a tag of at most 8000, which it would cut silently.
 */
final class MlflowLimits {
    static final int METRICS_A_BATCH = 1000;
    static final int PARAMS_A_BATCH = 100;
    static final int TAGS_A_BATCH = 100;
    /** Of the 1 MB that a batch may have, after the worst escaping of its text. */
    static final int BYTES_A_BATCH = 900_000;

    private static final int PARAM_CHARACTERS = 6000;
    private static final int TAG_CHARACTERS = 8000;
    private static final int NAME_CHARACTERS = 250;
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_.\\-/: ]");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern DOTS = Pattern.compile("(?<=^|/)\\.{1,2}(?=/|$)");

    private MlflowLimits() {}

    /** A name that MLflow accepts: {@code @} becomes {@code _at_}, every other foreign character {@code _}. */
    static String name(String name) {
        String allowed = FOREIGN.matcher(name.replace("@", "_at_")).replaceAll("_");
        String path = SLASHES.matcher(allowed).replaceAll("/").replaceAll("^/|/$", "");
        String safe = DOTS.matcher(path).replaceAll("_");
        if (safe.isEmpty()) {
            return "_";
        }
        return safe.length() <= NAME_CHARACTERS
                ? safe
                : safe.substring(0, NAME_CHARACTERS).replaceAll("/$", "_");
    }

    /** A run's name, which databases may hold 250 characters of. */
    static String runName(String name) {
        return cut(name, NAME_CHARACTERS);
    }

    static String param(String value) {
        return cut(value, PARAM_CHARACTERS);
    }

    static String tag(String value) {
        return cut(value, TAG_CHARACTERS);
    }

    /** SQL knows no infinity: the server stores the largest double, and so do we, to know what is there. */
    static double metric(double value) {
        return Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : value;
    }

    /** A text of at most so many characters, which says so where it was cut. */
    static String cut(String value, int limit) {
        if (value.length() <= limit) {
            return value;
        }
        String mark = " ... [cut, " + value.length() + " characters]";
        int end = limit - mark.length();
        return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end) + mark;
    }
}
