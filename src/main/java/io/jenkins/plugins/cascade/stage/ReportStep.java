package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.CascadeRecord;

/** A Pipeline step that trains and compares nothing and tells what the build came to so far. */
public interface ReportStep {
    /**
     * What the step returns to the Jenkinsfile.
     *
     * @param cascade the record so far, with the result that the build would have if it ended now
     */
    Object toResult(CascadeRecord cascade);
}
