package io.jenkins.plugins.cascade.verify;

/** The part of a response that is judged. */
public final class FinalAnswer {

    private static final String END = "</think>";
    private static final String START = "<think>";

    private FinalAnswer() {}

    /** What follows the last {@code </think>}; nothing if the thoughts never ended; all of it if there are none. */
    public static String of(String response) {
        int end = response.lastIndexOf(END);
        if (end >= 0) {
            return response.substring(end + END.length()).stripLeading();
        }
        return response.contains(START) ? "" : response;
    }
}
