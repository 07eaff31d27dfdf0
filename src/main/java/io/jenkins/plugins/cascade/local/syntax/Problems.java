package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;

/** Collects the problems of one Jenkinsfile, so that a user sees all of them at once, as Jenkins' validator shows them. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(ASTNode node, String message) {
        add(node.getLineNumber(), message);
    }

    void add(int line, String message) {
        found.add(new Problem(Math.max(line, 0), message));
    }

    /** Throws if anything was found. */
    void failIfAny(String file) throws JenkinsfileException {
        if (!found.isEmpty()) {
            List<Problem> inOrder = new ArrayList<>(found);
            inOrder.sort(Comparator.comparingInt(Problem::line));
            throw new JenkinsfileException(file, inOrder);
        }
    }
}
