package io.jenkins.plugins.cascade.local.interpret;

import groovy.lang.GroovyRuntimeException;
import java.util.Arrays;

/** Says for people what went wrong, and where in the Jenkinsfile if that is known. */
final class Failures {
    private Failures() {}

    static String text(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String kind = failure instanceof RuntimeException && !(failure instanceof GroovyRuntimeException)
                ? failure.getClass().getSimpleName() + ": "
                : "";
        Throwable source = failure.getCause() instanceof Error ? failure.getCause() : failure;
        return kind + message + place(source);
    }

    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(element -> "WorkflowScript".equals(element.getFileName()) && element.getLineNumber() > 0)
                .findFirst()
                .map(element -> " (line " + element.getLineNumber() + " of the Jenkinsfile)")
                .orElse("");
    }
}
