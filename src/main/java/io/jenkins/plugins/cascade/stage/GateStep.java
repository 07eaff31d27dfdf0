package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.GateRecord;

/** A Pipeline step that trains nothing and compares two finished stages. */
public interface GateStep {
    /**
     * The step's arguments as plain data.
     *
     * @throws IllegalArgumentException with one sentence when two arguments contradict each other
     */
    GateRequest toGateRequest();

    /** What the step returns to the Jenkinsfile. */
    Object toResult(GateRecord record);
}
