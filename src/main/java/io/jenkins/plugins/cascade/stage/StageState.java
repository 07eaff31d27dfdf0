package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.StageRecord;

/**
 * What the follower remembers of a stage in its directory: {@code state.json}. Only the next search for an earlier attempt reads it.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param key content key of the stage
 * @param name name of the stage when it was last run
 * @param status where it stood
 * @param job job of that build; null where the store belongs to one cascade alone
 * @param build build that last ran it
 * @param timeMillis when this was written, milliseconds since 1970
 */
record StageState(
        int schema, String key, String name, StageRecord.Status status, String job, int build, long timeMillis) {
    static final int SCHEMA = 1;
    static final String FILE = "state.json";
}
