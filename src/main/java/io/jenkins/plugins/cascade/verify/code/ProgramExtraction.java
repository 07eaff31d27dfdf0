package io.jenkins.plugins.cascade.verify.code;

import io.jenkins.plugins.cascade.verify.FinalAnswer;

/** Finds the program in a response: behind the thoughts, the last fenced block; without fences, everything. */
final class ProgramExtraction {

    private static final String FENCE = "```";

    private ProgramExtraction() {}

    /** The program, empty if there is none. A fence that is never closed reaches to the end. */
    static String program(String response) {
        String text = FinalAnswer.of(response);
        String last = null;
        int open = text.indexOf(FENCE);
        while (open >= 0) {
            int start = text.indexOf('\n', open);
            if (start < 0) {
                break;
            }
            int close = text.indexOf(FENCE, start);
            last = close < 0 ? text.substring(start + 1) : text.substring(start + 1, close);
            open = close < 0 ? -1 : text.indexOf(FENCE, close + FENCE.length());
        }
        return last == null ? text.strip() : last;
    }
}
