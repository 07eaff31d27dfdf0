package io.jenkins.plugins.cascade.verify.code;

import java.util.regex.Pattern;

/**
 * Whether printed output is the expected output: the same tokens line by line, trailing white space and empty lines at the end
 * aside; where the expected token is a decimal number, a number within a relative or absolute 1e-6 is as good.
 */
final class OutputComparison {

    private static final double TOLERANCE = 1e-6;
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:\\d++\\.\\d*+|\\.\\d++|\\d++(?=[eE]))(?:[eE][+-]?\\d++)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");

    private OutputComparison() {}

    static boolean same(String expected, String actual) {
        String[] ours = expected.stripTrailing().split("\n", -1);
        String[] theirs = actual.stripTrailing().split("\n", -1);
        boolean same = ours.length == theirs.length;
        for (int at = 0; same && at < ours.length; at++) {
            same = sameLine(ours[at].strip(), theirs[at].strip());
        }
        return same;
    }

    private static boolean sameLine(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        String[] ours = expected.split("\\s+");
        String[] theirs = actual.split("\\s+");
        boolean same = ours.length == theirs.length;
        for (int at = 0; same && at < ours.length; at++) {
            same = ours[at].equals(theirs[at]) || near(ours[at], theirs[at]);
        }
        return same;
    }

    private static boolean near(String expected, String actual) {
        if (!DECIMAL.matcher(expected).matches() || !NUMBER.matcher(actual).matches()) {
            return false;
        }
        double ours = Double.parseDouble(expected);
        double theirs = Double.parseDouble(actual);
        return Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(ours));
    }
}
