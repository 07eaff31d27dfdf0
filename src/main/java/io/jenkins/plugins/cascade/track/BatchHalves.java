package io.jenkins.plugins.cascade.track;

import java.util.List;
import org.mlflow.api.proto.Service;

/** Halves of a batch: the way to the one item that a server rejects. */
final class BatchHalves {
    private BatchHalves() {}

    static boolean isSingle(Service.LogBatch batch) {
        return size(batch) <= 1;
    }

    /** Two batches that hold together what this one holds, in its order; neither is empty. */
    static List<Service.LogBatch> of(Service.LogBatch batch) {
        int middle = size(batch) / 2;
        return List.of(part(batch, 0, middle), part(batch, middle, size(batch)));
    }

    private static int size(Service.LogBatch batch) {
        return batch.getParamsCount() + batch.getTagsCount() + batch.getMetricsCount();
    }

    private static Service.LogBatch part(Service.LogBatch batch, int from, int to) {
        int afterParams = batch.getParamsCount();
        int afterTags = afterParams + batch.getTagsCount();
        return Service.LogBatch.newBuilder()
                .setRunId(batch.getRunId())
                .addAllParams(slice(batch.getParamsList(), from, to))
                .addAllTags(slice(batch.getTagsList(), from - afterParams, to - afterParams))
                .addAllMetrics(slice(batch.getMetricsList(), from - afterTags, to - afterTags))
                .build();
    }

    private static <T> List<T> slice(List<T> list, int from, int to) {
        int start = Math.min(Math.max(from, 0), list.size());
        int end = Math.min(Math.max(to, 0), list.size());
        return list.subList(start, end);
    }
}
