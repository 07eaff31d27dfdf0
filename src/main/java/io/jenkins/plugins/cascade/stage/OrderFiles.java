package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.util.regex.Pattern;

/**
 * The files of one order, {@code orders/<attempt>/} in the stage store of the machine where the stage runs: how the controller and the
 * process there agree on a stage's directory, which the two then share by {@link StageFiles}.
 */
public final class OrderFiles {
    /** Folder of all orders in a store. */
    public static final String FOLDER = "orders";
    /** In: the {@link StageOrder}. */
    public static final String ORDER = "order.json";
    /** In, once the stage was accepted and its checkpoint shall go to MLflow: the {@link UploadOrder}. */
    public static final String UPLOAD = "upload.json";
    /** Out, once the stage is known: the {@link PreparedStage}. */
    public static final String PREPARED = "prepared.json";
    /** Out: the {@link FailedOrder}, where the process could not do what it was ordered to and the stage's own status does not say why. */
    public static final String FAILED = "failed.json";
    /** In: its presence asks for a checkpoint and an end. */
    public static final String STOP = StageFiles.STOP;
    /** In: touched by the follower; the process passes it on to the stage. */
    public static final String LEASE = StageFiles.LEASE;

    private static final Pattern ATTEMPT = Pattern.compile("[a-z0-9-]{1,60}");

    private OrderFiles() {}

    /** A file of an order, relative to the store. */
    static String path(String attempt, String file) {
        return FOLDER + "/" + attempt + "/" + file;
    }

    /** Out: the copy of a score file that the request names as one of its baselines, counted from 0. */
    static String baseline(int index) {
        return "baseline-" + index + ".jsonl";
    }

    /** Whether that path is the one of an order. */
    static boolean isOrder(String path) {
        return isIn(path, ORDER);
    }

    /** Whether that path is the one of an order to send a checkpoint. */
    static boolean isUpload(String path) {
        return isIn(path, UPLOAD);
    }

    private static boolean isIn(String path, String file) {
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        return parts.length == 3
                && parts[0].equals(FOLDER)
                && ATTEMPT.matcher(parts[1]).matches()
                && parts[2].equals(file);
    }
}
