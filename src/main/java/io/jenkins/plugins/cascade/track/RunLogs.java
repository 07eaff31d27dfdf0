package io.jenkins.plugins.cascade.track;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** What is about to be sent for one run, already as MLflow takes it: allowed names, cut values, batches within limits. */
final class RunLogs {
    private static final int BYTES_AROUND = 60;
    private static final int WORST_BYTES_A_CHARACTER = 6;

    private final List<Service.Metric> metrics = new ArrayList<>();
    private final Map<String, String> params = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();

    void metrics(JournalEntry.Metrics entry) {
        entry.values()
                .forEach((name, value) -> metrics.add(Service.Metric.newBuilder()
                        .setKey(MlflowLimits.name(name))
                        .setValue(MlflowLimits.metric(value))
                        .setTimestamp(entry.time())
                        .setStep(entry.step())
                        .build()));
    }

    void params(Map<String, String> values) {
        values.forEach((name, value) -> params.putIfAbsent(MlflowLimits.name(name), MlflowLimits.param(value)));
    }

    void tags(Map<String, String> values) {
        values.forEach((name, value) -> tags.put(MlflowLimits.name(name), MlflowLimits.tag(value)));
    }

    /** The batches for a run of MLflow's, in the order of logging. */
    List<Service.LogBatch> batches(String mlflowRun) {
        Batches batches = new Batches(mlflowRun);
        params.forEach((name, value) -> batches.room(size(name, value))
                .addParams(Service.Param.newBuilder().setKey(name).setValue(value)));
        tags.forEach((name, value) -> batches.room(size(name, value))
                .addTags(Service.RunTag.newBuilder().setKey(name).setValue(value)));
        metrics.forEach(metric -> batches.room(size(metric.getKey(), "")).addMetrics(metric));
        return batches.finished();
    }

    private static int size(String name, String value) {
        return BYTES_AROUND + WORST_BYTES_A_CHARACTER * (name.length() + value.length());
    }

    /** Fills one batch after another. */
    private static final class Batches {
        private final List<Service.LogBatch> full = new ArrayList<>();
        private final String run;
        private Service.LogBatch.Builder current;
        private int bytes;

        Batches(String run) {
            this.run = run;
            this.current = Service.LogBatch.newBuilder().setRunId(run);
        }

        Service.LogBatch.Builder room(int size) {
            boolean crowded = current.getMetricsCount() >= MlflowLimits.METRICS_A_BATCH
                    || current.getParamsCount() >= MlflowLimits.PARAMS_A_BATCH
                    || current.getTagsCount() >= MlflowLimits.TAGS_A_BATCH
                    || current.getMetricsCount() + current.getParamsCount() + current.getTagsCount()
                            >= MlflowLimits.METRICS_A_BATCH;
            if (crowded || bytes + size > MlflowLimits.BYTES_A_BATCH) {
                close();
            }
            bytes += size;
            return current;
        }

        private void close() {
            if (bytes > 0) {
                full.add(current.build());
                current = Service.LogBatch.newBuilder().setRunId(run);
                bytes = 0;
            }
        }

        List<Service.LogBatch> finished() {
            close();
            return List.copyOf(full);
        }
    }
}
