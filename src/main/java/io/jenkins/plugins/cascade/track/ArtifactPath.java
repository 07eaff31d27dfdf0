package io.jenkins.plugins.cascade.track;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Paths of artifacts: relative, {@code /} between their parts, nothing in them that a server or a file system reads another way. */
final class ArtifactPath {
    private static final int LONGEST = 500;
    private static final Pattern PART = Pattern.compile("[^/\\\\%#?:*\"<>|\\p{Cntrl}]{1,250}");

    private ArtifactPath() {}

    /** Whether a path is one. */
    static boolean allowed(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (!PART.matcher(part).matches() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /**
     * The path, where it is one.
     *
     * @throws TrackingException otherwise
     */
    static String checked(String path) throws TrackingException {
        if (!allowed(path)) {
            throw TrackingException.lasting(
                    "An artifact cannot be called \"" + Answers.printable(path)
                            + "\": use a relative path of at most " + LONGEST
                            + " characters without .. and without any of \\ % # ? : * \" < > |",
                    null);
        }
        return path;
    }

    /** A path below a folder. */
    static String below(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    /** The path as it stands in an address. */
    static String encoded(String path) {
        try {
            return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not a path: " + path, e);
        }
    }
}
