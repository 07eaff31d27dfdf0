package io.jenkins.plugins.cascade.stage;

import java.nio.file.Path;
import java.util.Map;

/** The agent's process with {@link FakeTrainer} in the place of the trainer; what it does about orders is real. */
public final class FakeAgent {
    private FakeAgent() {}

    /** Does what the order says: the store and the path of the order. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Path folder = StageOrder.folder(root, arguments[1]);
        PreparedStage prepared;
        try {
            prepared = StageOrder.read(root, arguments[1])
                    .prepare(root, arguments[1], Map.of("math", System.getenv().getOrDefault("MATH_JUDGE", "1")));
        } catch (StageException e) {
            new FailedOrder(e.getMessage()).write(folder);
            System.exit(64);
            return;
        }
        prepared.write(folder);
        if (prepared.trained()) {
            System.exit(0);
        }
        StageDirectory directory = new StageDirectory(root.resolve(prepared.directory()));
        directory.prepare(prepared.spec());
        FakeTrainer.main(new String[] {directory.path().toString()});
    }
}
