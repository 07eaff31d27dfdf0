package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.StageRecord;

/** A Pipeline step that is a stage, one that trains or one that only evaluates: its arguments as a request, and what the Jenkinsfile gets back. */
public interface CascadeStep {
    /**
     * The step's arguments as plain data.
     *
     * @throws IllegalArgumentException with one sentence when two arguments contradict each other or one is missing
     */
    StageRequest toRequest();

    /** What the step returns to the Jenkinsfile. */
    Object toResult(StageRecord record);
}
