package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** Data sets as MLflow takes the inputs of a run: names and digests within its limits. */
final class RunInputs {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DIGEST_CHARACTERS = 36;
    private static final int NAME_CHARACTERS = 500;
    private static final int TAG_CHARACTERS = 500;
    private static final int SOURCE_CHARACTERS = 10_000;

    /** The tag by which MLflow's pages show what a data set was read for. */
    private static final String CONTEXT = "mlflow.data.context";

    private RunInputs() {}

    static Service.LogInputs of(String mlflowRun, List<Dataset> datasets) {
        Service.LogInputs.Builder inputs = Service.LogInputs.newBuilder().setRunId(mlflowRun);
        datasets.forEach(dataset -> inputs.addDatasets(Service.DatasetInput.newBuilder()
                .addTags(tag(CONTEXT, dataset.context()))
                .addTags(tag(Dataset.DIGEST, dataset.digest()))
                .setDataset(Service.Dataset.newBuilder()
                        .setName(MlflowLimits.cut(dataset.name(), NAME_CHARACTERS))
                        .setDigest(digest(dataset.digest()))
                        .setSourceType("local")
                        .setSource(source(dataset.source())))));
        return inputs.build();
    }

    private static Service.InputTag tag(String key, String value) {
        return Service.InputTag.newBuilder()
                .setKey(key)
                .setValue(MlflowLimits.cut(value, TAG_CHARACTERS))
                .build();
    }

    private static String digest(String whole) {
        String digits = whole.substring(whole.indexOf(':') + 1);
        return digits.length() <= DIGEST_CHARACTERS ? digits : digits.substring(0, DIGEST_CHARACTERS);
    }

    private static String source(String path) {
        try {
            return JSON.writeValueAsString(Map.of("uri", MlflowLimits.cut(path, SOURCE_CHARACTERS)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A text is always writable.", e);
        }
    }
}
