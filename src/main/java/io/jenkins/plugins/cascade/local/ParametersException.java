package io.jenkins.plugins.cascade.local;

/** Build parameters that the Jenkinsfile does not declare, or declares otherwise. */
final class ParametersException extends Exception {
    private static final long serialVersionUID = 1L;

    ParametersException(String message) {
        super(message);
    }
}
