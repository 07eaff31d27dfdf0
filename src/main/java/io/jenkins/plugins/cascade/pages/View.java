package io.jenkins.plugins.cascade.pages;

import java.io.IOException;

/** What a page shows: markup, or one sentence why there is none. Never both. A class with getters, because Jelly asks for them. */
public final class View {
    private static final int LONGEST = 500;

    private final String markup;
    private final String problem;

    private View(String markup, String problem) {
        this.markup = markup;
        this.problem = problem;
    }

    /** Makes markup. */
    interface Source {
        /**
         * The markup, escaped.
         *
         * @throws IOException with one sentence for people when there is none
         */
        String markup() throws IOException;
    }

    /** The markup, or why it could not be made. */
    static View of(Source source) {
        try {
            return new View(source.markup(), null);
        } catch (IOException e) {
            return new View(null, sentence(e));
        }
    }

    /** A failure in one sentence of bounded length. */
    static String sentence(IOException e) {
        String message = String.valueOf(e.getMessage());
        String text = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
    }

    /** Escaped markup that a page takes as it is; null where there is a problem. */
    public String getMarkup() {
        return markup;
    }

    /** One sentence, not escaped; null where there is markup. */
    public String getProblem() {
        return problem;
    }
}
