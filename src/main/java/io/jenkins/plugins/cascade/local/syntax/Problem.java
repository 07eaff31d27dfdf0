package io.jenkins.plugins.cascade.local.syntax;

import java.util.Objects;

/**
 * One thing that is wrong in a Jenkinsfile.
 *
 * @param line line in the Jenkinsfile, from 1; 0 where the file as a whole is meant
 * @param message one sentence: what is wrong and what to do
 */
public record Problem(int line, String message) {
    public Problem {
        Objects.requireNonNull(message, "message");
    }

    /** The sentence with its place, as compilers write it: {@code Jenkinsfile:12: ...}. */
    public String at(String file) {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
