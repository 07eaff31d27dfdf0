package io.jenkins.plugins.cascade.local.binding;

/** A value that only running the Jenkinsfile tells; the checks before the run let it pass where its kind may fit. */
public enum Unknown {
    /** Nothing is known. */
    VALUE,
    /** A string with interpolation. */
    TEXT,
    /** A block of code. */
    CLOSURE
}
