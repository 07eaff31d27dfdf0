package io.jenkins.plugins.cascade.verify.swe;

/** A patch that cannot be read or does not fit the files. */
class PatchException extends Exception {

    private static final long serialVersionUID = 1L;

    PatchException(String message) {
        super(message);
    }
}
