package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a controller asks a process on another machine to do: {@code order.json}. It holds names and paths as the step gave them; what they
 * come to is found out on the machine where the files are.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param request the step's arguments
 * @param parent the stage that it builds on; null for none
 * @param workingDirectory folder that the request's paths are relative to
 * @param leaseSeconds the process ends with a checkpoint when nobody has followed it for so long, 0 for never
 * @param resume whether an unfinished attempt that cannot be continued is an error
 * @param modelDigest digest of the model, where the request names it by a reference to MLflow; otherwise null
 */
public record StageOrder(
        int schema,
        StageRequest request,
        ParentStage parent,
        String workingDirectory,
        int leaseSeconds,
        boolean resume,
        String modelDigest) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    private static final int MOST = 4 << 20;

    /**
     * Checks that it is whole.
     *
     * @throws IllegalArgumentException when it is not, or is of another version
     */
    public StageOrder {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("the order has the schema " + schema + ", but this process reads "
                    + SCHEMA + "; use the trainer that belongs to the plugin");
        }
        if (request == null || workingDirectory == null || leaseSeconds < 0) {
            throw new IllegalArgumentException("the order lacks its request or its working directory");
        }
    }

    /**
     * Reads an order.
     *
     * @param root the stage store
     * @param path {@code orders/<attempt>/order.json}
     * @throws StageException with one sentence when there is none of that name, or it is not an order
     */
    public static StageOrder read(Path root, String path) throws StageException {
        return UntrustedFile.read(folder(root, path).resolve(OrderFiles.ORDER), MOST, StageOrder.class)
                .orElseThrow(() -> new StageException("There is no order " + root.resolve(path)));
    }

    /**
     * The folder of an order.
     *
     * @param root the stage store
     * @param path {@code orders/<attempt>/order.json}
     * @throws StageException when that is not the path of an order
     */
    public static Path folder(Path root, String path) throws StageException {
        if (!OrderFiles.isOrder(path)) {
            throw new StageException("'" + UntrustedFile.printable(path) + "' is not the path of an order, "
                    + OrderFiles.path("<attempt>", OrderFiles.ORDER));
        }
        return root.resolve(path).normalize().getParent();
    }

    /** The order as it is written. */
    byte[] bytes() {
        return CanonicalJson.bytes(this);
    }

    /**
     * Finds out what the order comes to on this machine: resolves its paths, hashes its files and looks for an earlier attempt. When an
     * earlier process of the very same order has prepared the same stage, what that one left is taken even where the step wants no reuse.
     *
     * @param root the stage store
     * @param path where the order was read from
     * @param verifierVersions version of every verifier that the trainer here has, by type
     * @throws StageException with one sentence when a file is not what it should be, or the store cannot be written
     */
    public PreparedStage prepare(Path root, String path, Map<String, String> verifierVersions) throws StageException {
        StageStore store = new StageStore(root);
        SpecResolver resolver = new SpecResolver(
                root, Path.of(workingDirectory), verifierVersions, leaseSeconds, new PinnedModel(store, modelDigest));
        copyBaselines(root.resolve(path).getParent());
        Preparation prepared = Preparation.of(resolver, request, parent);
        Optional<PreparedStage> before = PreparedStage.read(root.resolve(path).resolveSibling(OrderFiles.PREPARED));
        boolean again = before.map(stage -> stage.key().equals(prepared.key())).orElse(false);
        StageRequest effective = again ? request.withReuse() : request;
        StageSource source = StageSource.choose(store, effective, prepared.spec(), prepared.key(), resume);
        String directory = root.relativize(source.directory().path()).toString().replace('\\', '/');
        return new PreparedStage(
                PreparedStage.SCHEMA,
                prepared.spec(),
                prepared.key(),
                root.toString(),
                directory,
                source.why(),
                source.trained());
    }

    /** The score files that the stage is measured against are on this machine, and the gate is where the order came from. */
    private void copyBaselines(Path folder) throws StageException {
        List<String> baselines = request.baselines() == null ? List.of() : request.baselines();
        LocalBaselineFiles files = new LocalBaselineFiles(Path.of(workingDirectory));
        for (int i = 0; i < baselines.size(); i++) {
            BaselineReference reference = BaselineReference.parse(baselines.get(i));
            if (reference.kind() == BaselineReference.Kind.FILE) {
                Path copy = folder.resolve(OrderFiles.baseline(i));
                files.copy(reference.value(), Baselines.MOST_SCORES, copy);
                Baselines.read(reference.value(), copy);
            }
        }
    }
}
