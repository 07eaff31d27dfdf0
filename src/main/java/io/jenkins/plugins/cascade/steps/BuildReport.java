package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.report.CheckSummary;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code cascadeReport} returns: texts that a Jenkinsfile may publish under the sandbox. */
public final class BuildReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String conclusion;
    private final String title;
    private final String markdown;

    BuildReport(CheckSummary summary) {
        conclusion = summary.conclusion().name();
        title = summary.title();
        markdown = summary.markdown();
    }

    /**
     * {@code SUCCESS}, {@code FAILURE}, {@code ACTION_REQUIRED} (not decided, or nothing compared), {@code NEUTRAL} (a policy let pass what
     * the gate did not) or {@code CANCELED}: the words of {@code publishChecks}.
     */
    @Whitelisted
    public String getConclusion() {
        return conclusion;
    }

    /** One line: the outcome and its reason. Plain text that may hold what a user or a model wrote. */
    @Whitelisted
    public String getTitle() {
        return title;
    }

    /** The whole cascade in Markdown, the reason first. What users or models wrote is escaped. */
    @Whitelisted
    public String getMarkdown() {
        return markdown;
    }

    /** The title. */
    @Override
    @Whitelisted
    public String toString() {
        return title;
    }
}
