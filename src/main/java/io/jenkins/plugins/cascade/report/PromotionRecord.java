package io.jenkins.plugins.cascade.report;

/**
 * A checkpoint that a build put into a model registry.
 *
 * @param model name of the registered model
 * @param version the version that it became
 * @param alias the name that points to that version since then
 * @param stage the stage that made the checkpoint
 * @param checkpointDigest digest of the checkpoint
 * @param mlflowRunId the run that holds the files of that version
 * @param before the version that the alias pointed to before; null for none
 * @param reason why it was promoted although no gate had accepted it; null where one had
 * @param missing what stood against it, in one sentence; null where nothing did
 * @param at when, ISO 8601 in UTC
 */
public record PromotionRecord(
        String model,
        String version,
        String alias,
        String stage,
        String checkpointDigest,
        String mlflowRunId,
        String before,
        String reason,
        String missing,
        String at) {
    public PromotionRecord {
        RecordCheck.notBlank("model", model);
        RecordCheck.notBlank("version", version);
        RecordCheck.notBlank("alias", alias);
        RecordCheck.notBlank("stage name", stage);
        RecordCheck.instant("at", at);
    }
}
