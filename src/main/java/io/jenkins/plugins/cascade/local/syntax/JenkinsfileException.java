package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A Jenkinsfile that cannot run here; the message has one line for each problem. */
public final class JenkinsfileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * A refusal.
     *
     * @param file name of the Jenkinsfile as the user gave it
     * @param problems at least one, in the order of their lines
     */
    public JenkinsfileException(String file, List<Problem> problems) {
        super(problems.stream().map(problem -> problem.at(file)).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the lines. */
    public List<Problem> problems() {
        return problems;
    }
}
