package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.file.Path;

/** A score file or a policy file that cannot be used; the message names the file and, where there is one, the line. */
public class InvalidInputException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidInputException(Path file, String problem) {
        super(file + ": " + problem);
    }

    InvalidInputException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
