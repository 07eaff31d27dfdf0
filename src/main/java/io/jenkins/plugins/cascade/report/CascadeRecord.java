package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that is known of one run of a cascade: the content of {@code cascade.json}, see {@link CascadeFile}.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param cascade name of the job or of the Jenkinsfile
 * @param build build number, at least 0
 * @param startedAt when it started, ISO 8601 in UTC
 * @param finishedAt when it ended; null while it runs
 * @param result Jenkins' result, {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE} or {@code ABORTED}; null while it runs
 * @param stages the stages in the order in which they started; names are unique
 * @param gates the gates that belong to no single stage, in their order; names are unique
 * @param promotions what the build put into a model registry, in its order
 * @param mlflowUrl page of the parent run; null where there is none
 * @param commit commit of the sources; null where unknown
 */
public record CascadeRecord(
        int schema,
        String cascade,
        int build,
        String startedAt,
        String finishedAt,
        String result,
        List<StageRecord> stages,
        List<GateRecord> gates,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromotionRecord> promotions,
        String mlflowUrl,
        String commit) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    public CascadeRecord {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("schema must be " + SCHEMA + ", but is " + schema);
        }
        RecordCheck.notBlank("cascade", cascade);
        RecordCheck.notNegative("build", build);
        RecordCheck.notNull("startedAt", startedAt);
        RecordCheck.instant("startedAt", startedAt);
        RecordCheck.instant("finishedAt", finishedAt);
        stages = RecordCheck.list(stages);
        gates = RecordCheck.list(gates);
        promotions = RecordCheck.list(promotions);
        unique("stage", stages, StageRecord::name);
        unique("gate", gates, GateRecord::name);
    }

    /** A cascade that has just started, without stages. */
    public static CascadeRecord started(String cascade, int build, String startedAt) {
        return new CascadeRecord(
                SCHEMA, cascade, build, startedAt, null, null, List.of(), List.of(), List.of(), null, null);
    }

    /** The stage of that name. */
    public Optional<StageRecord> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** A copy with this stage in the place of the one of the same name, or at the end where there is none. */
    public CascadeRecord withStage(StageRecord stage) {
        return withStages(replaced(stages, stage, StageRecord::name));
    }

    /** A copy with these stages. */
    public CascadeRecord withStages(List<StageRecord> newStages) {
        return new CascadeRecord(
                schema, cascade, build, startedAt, finishedAt, result, newStages, gates, promotions, mlflowUrl, commit);
    }

    /** A copy with this gate in the place of the one of the same name, or at the end where there is none. */
    public CascadeRecord withGate(GateRecord gate) {
        List<GateRecord> newGates = replaced(gates, gate, GateRecord::name);
        return new CascadeRecord(
                schema, cascade, build, startedAt, finishedAt, result, stages, newGates, promotions, mlflowUrl, commit);
    }

    /** A copy with this promotion in the place of one of the same model and alias, or at the end where there is none. */
    public CascadeRecord withPromotion(PromotionRecord promotion) {
        List<PromotionRecord> newPromotions =
                replaced(promotions, promotion, made -> made.model() + "@" + made.alias());
        return new CascadeRecord(
                schema, cascade, build, startedAt, finishedAt, result, stages, gates, newPromotions, mlflowUrl, commit);
    }

    /** A copy that has ended; with two nulls one that runs again. */
    public CascadeRecord withResult(String newResult, String newFinishedAt) {
        return new CascadeRecord(
                schema,
                cascade,
                build,
                startedAt,
                newFinishedAt,
                newResult,
                stages,
                gates,
                promotions,
                mlflowUrl,
                commit);
    }

    /** A copy with the page of the parent run in MLflow. */
    public CascadeRecord withMlflowUrl(String newMlflowUrl) {
        return new CascadeRecord(
                schema, cascade, build, startedAt, finishedAt, result, stages, gates, promotions, newMlflowUrl, commit);
    }

    /** A copy with the commit of the sources. */
    public CascadeRecord withCommit(String newCommit) {
        return new CascadeRecord(
                schema, cascade, build, startedAt, finishedAt, result, stages, gates, promotions, mlflowUrl, newCommit);
    }

    private static <T> List<T> replaced(List<T> values, T value, Function<T, String> name) {
        List<T> result = new ArrayList<>(values);
        for (int i = 0; i < result.size(); i++) {
            if (name.apply(result.get(i)).equals(name.apply(value))) {
                result.set(i, value);
                return result;
            }
        }
        result.add(value);
        return result;
    }

    private static <T> void unique(String what, List<T> values, Function<T, String> name) {
        if (values.stream().map(name).collect(Collectors.toSet()).size() < values.size()) {
            throw new IllegalArgumentException("Two records have the same " + what + " name");
        }
    }
}
