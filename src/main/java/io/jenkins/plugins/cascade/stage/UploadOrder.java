package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.track.MlflowRest;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import io.jenkins.plugins.cascade.track.TrackingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a controller asks a process on another machine to send to MLflow: {@code upload.json}, beside the order of the stage. The server and
 * the credentials come in the process's environment, under MLflow's own names.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param stage its name, for people
 * @param experiment name of the experiment of its run
 * @param key its content key
 * @param run MLflow's id of the stage's run
 * @param checkpoint folder of the checkpoint, relative to the stage store
 * @param digest its digest
 * @param removeStates whether the states by which training could go on are to be removed afterwards
 */
public record UploadOrder(
        int schema,
        String stage,
        String experiment,
        String key,
        String run,
        String checkpoint,
        String digest,
        boolean removeStates) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    private static final int MOST = 1 << 20;

    /**
     * Checks that it is whole and does not lead out of the store.
     *
     * @throws IllegalArgumentException when it is not, does, or is of another version
     */
    public UploadOrder {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("the order has the schema " + schema + ", but this process reads "
                    + SCHEMA + "; use the trainer that belongs to the plugin");
        }
        boolean named = stage != null && experiment != null && key != null && digest != null;
        if (!named || run == null || !run.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("the order lacks the stage, its run or its digest");
        }
        if (!PlainPath.is(checkpoint) || !checkpoint.startsWith(StageStore.FOLDER + "/")) {
            throw new IllegalArgumentException("'" + UntrustedFile.printable(String.valueOf(checkpoint))
                    + "' is no path of a checkpoint in the stage store");
        }
    }

    /** Whether a path, relative to the store, is the one of such an order. */
    public static boolean isAt(String path) {
        return OrderFiles.isUpload(path);
    }

    byte[] bytes() {
        return CanonicalJson.bytes(this);
    }

    /**
     * Does what an order says.
     *
     * @param root the stage store
     * @param path {@code orders/<attempt>/upload.json}
     * @param environment names the server
     * @return what was done, for people
     * @throws StageException with one sentence when there is no such order, or it names no server
     * @throws IOException with one sentence when the checkpoint cannot be sent
     */
    public static String perform(Path root, String path, Map<String, String> environment)
            throws StageException, IOException {
        UploadOrder order = UntrustedFile.read(root.resolve(path), MOST, UploadOrder.class)
                .orElseThrow(() -> new StageException("There is no order " + root.resolve(path)));
        return "[" + order.stage + "] " + new CheckpointUpload(server(environment), order).send(root);
    }

    private static MlflowRest server(Map<String, String> environment) throws StageException {
        try {
            return MlflowRest.in(TrackingEnvironment.from(environment))
                    .orElseThrow(
                            () -> new StageException("MLFLOW_TRACKING_URI names no server to send a checkpoint to"));
        } catch (TrackingException e) {
            throw new StageException(e.getMessage(), e);
        }
    }
}
