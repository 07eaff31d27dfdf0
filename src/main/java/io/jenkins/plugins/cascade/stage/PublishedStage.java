package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.util.List;

/**
 * What MLflow keeps of a stage beside its scores: {@value #STAGE} among the run's artifacts.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param record the stage's record when it was judged
 * @param gates what is asked of its benchmarks from there on
 */
record PublishedStage(int schema, StageRecord record, List<Gate> gates) {
    /** The version this code writes and reads. */
    static final int SCHEMA = 1;

    /** Folder of these files among a run's artifacts. */
    static final String FOLDER = "cascade";

    /** This record. */
    static final String STAGE = "stage.json";

    /** The lineage of the stage's checkpoint. */
    static final String LINEAGE = "lineage.json";

    /** Folder of a checkpoint among a run's artifacts. */
    static final String MODEL = "model";

    /** Largest file of this format that is read, in bytes. */
    static final int MOST = 16 << 20;

    PublishedStage {
        if (schema != SCHEMA || record == null) {
            throw new IllegalArgumentException("it has the schema " + schema + ", or no record");
        }
        gates = gates == null ? List.of() : List.copyOf(gates);
    }

    /** File with the scores that a debt is measured against, relative to {@link #FOLDER}. */
    static String debt(int index) {
        return "debts/" + index + ".jsonl";
    }

    byte[] bytes() {
        return CanonicalJson.bytes(this);
    }
}
