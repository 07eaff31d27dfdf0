package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One build with one stage: its trainer is simulated, what follows it is real. The trainer's side is used by one thread, the follower's by
 * one thread of the pool at a time.
 */
final class SimulatedStage implements FollowerPool.Follower {
    private static final long PAUSE_MILLIS = 2000;

    private final Path directory;
    private final StageSpec spec;
    private final StageSite site;
    private final Tracker tracker;
    private final RemoteStage stage;
    private final Set<Long> arrived = new HashSet<>();
    private final List<Long> lags = new ArrayList<>();
    private long nextStep;
    private int step;
    private long doubled;
    private long rounds;
    private volatile boolean ended;
    private volatile boolean over;
    private volatile boolean accepted;

    SimulatedStage(Path folder, int number) throws Exception {
        Path root = Files.createDirectories(folder.resolve("agent"));
        Files.createDirectories(root.resolve("model"));
        Files.writeString(root.resolve("model/config.json"), "{}");
        Files.writeString(root.resolve("sft.jsonl"), "{\"messages\":[]}\n");
        site = new FolderSite(root);
        Path build = folder.resolve("cascade");
        tracker = Tracker.reopen(build.resolve("journal.jsonl"), TrackingEnvironment.none());
        CascadeSession session = CascadeSession.reopen(CascadeOptions.onController(build, "job", 1), measured(tracker));
        stage = session.remote(request(), new SilentHost(root), "attempt-1");
        stage.send(site);
        PreparedStage prepared = StageOrder.read(root, stage.orderPath()).prepare(root, stage.orderPath(), Map.of());
        spec = prepared.spec();
        directory = Files.createDirectories(root.resolve(prepared.directory()));
        prepared.write(StageOrder.folder(root, stage.orderPath()));
        nextStep = System.currentTimeMillis() + (number * 7L) % PAUSE_MILLIS;
    }

    private static StageRequest request() {
        return new StageRequest(
                StageKind.SFT,
                "sft",
                null,
                "model",
                null,
                List.of(new DataRequest(DataRole.SFT, "sft.jsonl")),
                Presets.sft(),
                List.of(),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
    }

    /** The tracker, with a look at what is logged: when, and whether it was before. */
    private Tracker measured(Tracker real) {
        return (Tracker) Proxy.newProxyInstance(
                Tracker.class.getClassLoader(), new Class<?>[] {Tracker.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("metrics")) {
                        lags.add(System.currentTimeMillis() - (Long) arguments[2]);
                        doubled += arrived.add((Long) arguments[1]) ? 0 : 1;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Appends an event when it is time for one. */
    void maybeStep() throws IOException {
        long now = System.currentTimeMillis();
        if (now < nextStep) {
            return;
        }
        nextStep = now + PAUSE_MILLIS;
        step++;
        StageEvent event =
                new StageEvent(StageEvent.Kind.STEP, "sft", step, 1000, now, Map.of("train/loss", 1.0 / step), "");
        Files.writeString(
                directory.resolve(StageFiles.EVENTS),
                CanonicalJson.MAPPER.writeValueAsString(event) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The trainer ends. */
    void end() throws IOException {
        TrainerResult result = new TrainerResult(
                StageSpec.SCHEMA,
                ContentKey.of(spec),
                "checkpoints/final",
                ContentKey.of(spec),
                Map.of(),
                Map.of(),
                1,
                0,
                1,
                0,
                "simulated");
        RenamedFile.write(directory.resolve(StageFiles.RESULT), CanonicalJson.bytes(result));
        ended = true;
    }

    @Override
    public FollowerPool.Next round() {
        boolean last = ended;
        rounds++;
        try {
            if (!last) {
                return stage.follow(site) ? FollowerPool.Next.SOON : FollowerPool.Next.LATER;
            }
            StageRecord record = stage.finish(site, OptionalInt.of(0), false).orElseThrow();
            accepted = record.status() == StageRecord.Status.ACCEPTED;
        } catch (IOException | InterruptedException | StageException e) {
            throw new IllegalStateException(e);
        }
        tracker.close();
        over = true;
        return FollowerPool.Next.NEVER;
    }

    @Override
    public void broken(RuntimeException mistake) {
        mistake.printStackTrace();
        over = true;
    }

    boolean over() {
        return over;
    }

    boolean accepted() {
        return accepted;
    }

    long written() {
        return step;
    }

    long lost() {
        return step - arrived.size();
    }

    long doubled() {
        return doubled;
    }

    long rounds() {
        return rounds;
    }

    List<Long> lags() {
        return lags;
    }

    /** A host that prints nothing. */
    private record SilentHost(Path workingDirectory) implements StageHost {
        @Override
        public void line(String text) {
            // A thousand logs are nobody's.
        }

        @Override
        public void progress(String text) {
            throw new IllegalStateException("Nobody watches");
        }

        @Override
        public boolean interactive() {
            return false;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public CancelSignal cancelSignal() {
            return CancelSignal.NEVER;
        }
    }
}
