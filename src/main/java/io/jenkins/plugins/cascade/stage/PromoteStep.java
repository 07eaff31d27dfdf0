package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.PromotionRecord;

/** A Pipeline step that puts a finished checkpoint into the model registry. */
public interface PromoteStep {
    /** The step's arguments as plain data. */
    PromoteRequest toPromoteRequest();

    /** What the step returns to the Jenkinsfile. */
    Object toResult(PromotionRecord record);
}
