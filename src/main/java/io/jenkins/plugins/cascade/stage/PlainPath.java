package io.jenkins.plugins.cascade.stage;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Relative paths that another process names: letters, digits and {@code _ . -} between single slashes, and no way up. */
final class PlainPath {
    private static final int LONGEST = 1024;
    private static final int LONGEST_ABSOLUTE = 4096;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private PlainPath() {}

    /** Whether it is one. */
    static boolean is(String path) {
        return path != null
                && path.length() <= LONGEST
                && PLAIN.matcher(path).matches()
                && Stream.of(path.split("/")).noneMatch(part -> part.equals("..") || part.equals("."));
    }

    /** The last part of a path of whichever machine. */
    static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Whether it is an absolute path of a machine with slashes, without control characters; it may hold blanks and any letters. */
    static boolean isAbsolute(String path) {
        return path != null
                && path.startsWith("/")
                && path.length() <= LONGEST_ABSOLUTE
                && !CONTROL.matcher(path).find();
    }
}
