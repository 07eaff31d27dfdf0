package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.verify.code.CodeVerifier;
import io.jenkins.plugins.cascade.verify.ifeval.IfEvalVerifier;
import io.jenkins.plugins.cascade.verify.judge.JudgeVerifier;
import io.jenkins.plugins.cascade.verify.judge.RewardModelVerifier;
import io.jenkins.plugins.cascade.verify.math.MathVerifier;
import io.jenkins.plugins.cascade.verify.swe.SweVerifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** All verifiers of a process, with the pool they run in. Safe for use by several threads; close it to end its processes. */
public final class Verifiers implements AutoCloseable {

    private static final int REMEMBERED_VERDICTS = 50_000;

    /** How many verdicts of other machines are waited for at a time. */
    private static final int REMOTE_CALLS = 32;

    private final Map<String, Verifier> byType = new LinkedHashMap<>();
    private final VerdictCache cache = new VerdictCache(REMEMBERED_VERDICTS);
    private final ExecutorService pool;
    private final ExecutorService remotePool;

    private Verifiers(List<Verifier> verifiers, int threads) {
        verifiers.forEach(verifier -> byType.put(verifier.type(), verifier));
        pool = Executors.newFixedThreadPool(threads, named("verifier-"));
        remotePool = Executors.newFixedThreadPool(REMOTE_CALLS, named("remote-verifier-"));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@link #standard(Map)} with the environment of this process. */
    public static Verifiers standard() {
        return standard(System.getenv());
    }

    /**
     * The verifiers of this package, on as many threads as the machine has processors.
     *
     * @param environment variables that name the judge and the reward model; without them their types refuse every specification
     */
    public static Verifiers standard(Map<String, String> environment) {
        JudgeVerifier judge = JudgeVerifier.from(environment);
        return with(List.of(
                new MathVerifier(),
                new IfEvalVerifier(),
                new CodeVerifier(),
                new SweVerifier(judge.judge()),
                judge,
                RewardModelVerifier.from(environment)));
    }

    /** Other verifiers, for instance with other limits. */
    public static Verifiers with(List<Verifier> verifiers) {
        return new Verifiers(verifiers, Runtime.getRuntime().availableProcessors());
    }

    /** The known types, in a fixed order. */
    public List<String> types() {
        return List.copyOf(byType.keySet());
    }

    /**
     * The versions that {@link #standard(Map)} has in an environment, which need not be that of this process: a build sets
     * variables for the trainer that it starts.
     *
     * @param environment the variables that the verifying process will have
     */
    public static Map<String, String> versions(Map<String, String> environment) {
        try (Verifiers verifiers = standard(environment)) {
            return verifiers.versions();
        }
    }

    /** The version of each verifier by its type, in the order of the types. */
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        byType.forEach((type, verifier) -> versions.put(type, verifier.version()));
        return Collections.unmodifiableMap(versions);
    }

    /** @throws InvalidVerifierException if there is no verifier of that type */
    public Verifier of(String type) {
        Verifier verifier = byType.get(type);
        if (verifier == null) {
            throw new InvalidVerifierException(
                    "There is no verifier of type '" + type + "'; known types are " + byType.keySet() + ".");
        }
        return verifier;
    }

    /**
     * Checks a data line's specification before training.
     *
     * @throws InvalidVerifierException with one sentence that says what is wrong
     */
    public void check(JsonNode spec) {
        of(type(spec)).check(spec);
    }

    /** Judges one response; whatever goes wrong in a verifier is a verdict, never an exception. */
    public Verdict verify(String prompt, String response, JsonNode spec) {
        Verifier verifier;
        try {
            verifier = of(type(spec));
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        VerificationTask task = new VerificationTask(prompt, response, spec);
        if (!verifier.costly()) {
            return judge(verifier, task);
        }
        String key = VerdictCache.key(verifier, task);
        Verdict known = cache.get(key);
        if (known != null) {
            return known;
        }
        Verdict verdict = judge(verifier, task);
        cache.put(key, verdict);
        return verdict;
    }

    /** Judges many responses side by side; the verdicts are in the order of the tasks, identical tasks run once. */
    public List<Verdict> verifyAll(List<VerificationTask> tasks) {
        return timed(tasks).stream().map(Timed::verdict).toList();
    }

    /** Begins to judge one response, beside others in the pool; whatever goes wrong in a verifier is a verdict, never an exception. */
    public CompletableFuture<Verdict> start(VerificationTask task) {
        return CompletableFuture.supplyAsync(() -> verify(task.prompt(), task.response(), task.spec()), poolFor(task));
    }

    /** As {@link #verifyAll}, with the time each took. */
    List<Timed> timed(List<VerificationTask> tasks) {
        Map<VerificationTask, CompletableFuture<Timed>> running = new LinkedHashMap<>();
        List<CompletableFuture<Timed>> futures = new ArrayList<>(tasks.size());
        for (VerificationTask task : tasks) {
            futures.add(running.computeIfAbsent(task, t -> CompletableFuture.supplyAsync(() -> timed(t), poolFor(t))));
        }
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private ExecutorService poolFor(VerificationTask task) {
        String type = task.spec() == null ? "" : task.spec().path("type").asText("");
        Verifier verifier = byType.get(type);
        return verifier != null && verifier.remote() ? remotePool : pool;
    }

    private Timed timed(VerificationTask task) {
        long start = System.nanoTime();
        Verdict verdict = verify(task.prompt(), task.response(), task.spec());
        return new Timed(verdict, (System.nanoTime() - start) / 1e6);
    }

    /** A verdict and the milliseconds it took. */
    record Timed(Verdict verdict, double millis) {}

    /**
     * Judges the known answers of some types.
     *
     * @throws CanaryException if a known-good or known-bad answer is misjudged
     * @throws InvalidVerifierException if there is no verifier of a type
     */
    public void runCanaries(Collection<String> types) {
        for (String type : types) {
            for (Canary canary : of(type).canaries()) {
                Verdict verdict =
                        judge(of(type), new VerificationTask(canary.prompt(), canary.response(), canary.spec()));
                if (verdict.outcome() != canary.expected()) {
                    throw new CanaryException(
                            "The " + type + " verifier judged the known answer '" + canary.name() + "' as "
                                    + verdict.outcome() + " (" + verdict.detail() + ") instead of " + canary.expected()
                                    + "; it must not be used until that is repaired.");
                }
            }
        }
    }

    /** Ends the pools and the processes of the verifiers. */
    @Override
    public void close() {
        pool.shutdownNow();
        remotePool.shutdownNow();
        for (Verifier verifier : byType.values()) {
            if (verifier instanceof ClosableVerifier closable) {
                closable.close();
            }
        }
    }

    /** A response may reach any line of a verifier: whatever it provokes there is this one verdict, not the end of the run. */
    private static Verdict judge(Verifier verifier, VerificationTask task) {
        try {
            return verifier.verify(task.prompt(), task.response(), task.spec());
        } catch (RuntimeException | StackOverflowError e) {
            return Verdict.error("The " + verifier.type() + " verifier failed: " + e);
        }
    }

    private static String type(JsonNode spec) {
        JsonNode type = spec == null ? null : spec.get("type");
        if (type == null || !type.isTextual()) {
            throw new InvalidVerifierException(
                    "A verifier needs a text field 'type', such as {\"type\":\"math\",\"answer\":\"4\"}.");
        }
        return type.asText();
    }
}
