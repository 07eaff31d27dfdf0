package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service;
import org.mlflow_project.google.protobuf.util.JsonFormat;

class RunLogsTest {

    @Test
    void keepsEveryBatchWithinMlflowsLimits() throws Exception {
        RunLogs logs = new RunLogs();
        Map<String, String> params = new HashMap<>();
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < 350; i++) {
            params.put("param/" + i, "\u0001".repeat(7000));
            tags.put("tag/" + i, "é".repeat(50));
        }
        logs.params(params);
        logs.tags(tags);
        for (int step = 0; step < 3000; step++) {
            logs.metrics(new JournalEntry.Metrics("run", step, step, Map.of("loss", 1.0, "x".repeat(250), 2.0)));
        }
        List<Service.LogBatch> batches = logs.batches("id");
        List<Service.Metric> metrics = new ArrayList<>();
        int paramCount = 0;
        int tagCount = 0;
        for (Service.LogBatch batch : batches) {
            int all = batch.getMetricsCount() + batch.getParamsCount() + batch.getTagsCount();
            assertTrue(all <= 1000, "items " + all);
            assertTrue(batch.getParamsCount() <= 100, "params " + batch.getParamsCount());
            assertTrue(batch.getTagsCount() <= 100, "tags " + batch.getTagsCount());
            int bytes = JsonFormat.printer().print(batch).getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes <= 1_000_000, "bytes " + bytes);
            metrics.addAll(batch.getMetricsList());
            paramCount += batch.getParamsCount();
            tagCount += batch.getTagsCount();
        }
        assertEquals(350, paramCount);
        assertEquals(350, tagCount);
        assertEquals(6000, metrics.size());
        assertEquals(2999, metrics.get(5999).getStep());
    }

    @Test
    void findsEveryItemByHalvingABatch() {
        Service.LogBatch.Builder batch = Service.LogBatch.newBuilder().setRunId("id");
        for (int i = 0; i < 3; i++) {
            batch.addParams(Service.Param.newBuilder().setKey("p" + i).setValue("v"));
            batch.addTags(Service.RunTag.newBuilder().setKey("t" + i).setValue("v"));
            batch.addMetrics(Service.Metric.newBuilder()
                    .setKey("m" + i)
                    .setValue(i)
                    .setTimestamp(0)
                    .setStep(0));
        }
        assertEquals(List.of("p0", "p1", "p2", "t0", "t1", "t2", "m0", "m1", "m2"), singles(batch.build()));
    }

    private static List<String> singles(Service.LogBatch batch) {
        if (BatchHalves.isSingle(batch)) {
            List<String> keys = new ArrayList<>();
            batch.getParamsList().forEach(param -> keys.add(param.getKey()));
            batch.getTagsList().forEach(tag -> keys.add(tag.getKey()));
            batch.getMetricsList().forEach(metric -> keys.add(metric.getKey()));
            assertEquals("id", batch.getRunId());
            return keys;
        }
        List<String> all = new ArrayList<>();
        BatchHalves.of(batch).forEach(half -> all.addAll(singles(half)));
        return all;
    }
}
