package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/** As many sandboxes as programs may run side by side, started when needed and replaced when they break. Thread-safe. */
final class SandboxPool implements AutoCloseable {

    private static final double GRACE_SECONDS = 20;

    private final Semaphore free;
    private final Object lock = new Object();
    private final Deque<Sandbox> idle = new ArrayDeque<>();
    private final Set<Sandbox> all = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-clock");
        thread.setDaemon(true);
        return thread;
    });
    private final boolean namespaces;
    private SandboxInstallation installation;
    private int started;
    private boolean closed;

    SandboxPool(int size, boolean namespaces) {
        this.free = new Semaphore(size);
        this.namespaces = namespaces;
    }

    /** What a job came to, and what held its program in. */
    record Outcome(JsonNode answer, List<String> isolation) {}

    /**
     * Runs a job in a free sandbox, waiting for one.
     *
     * @param seconds what the job itself may take
     */
    Outcome run(double seconds, JsonNode... frames) throws SandboxException, InterruptedException {
        free.acquire();
        try {
            Sandbox sandbox = take();
            boolean sound = false;
            try {
                Outcome outcome = new Outcome(sandbox.run(seconds + GRACE_SECONDS, frames), sandbox.isolation());
                sound = true;
                return outcome;
            } finally {
                giveBack(sandbox, sound);
            }
        } finally {
            free.release();
        }
    }

    private Sandbox take() throws SandboxException {
        synchronized (lock) {
            if (closed) {
                throw new SandboxException("The Python sandbox is closed.", false, null);
            }
            while (!idle.isEmpty()) {
                Sandbox sandbox = idle.pop();
                if (sandbox.isAlive()) {
                    return sandbox;
                }
                all.remove(sandbox);
            }
            if (installation == null) {
                installation = SandboxInstallation.create(namespaces);
            }
            Sandbox sandbox = installation.start(started++, clock);
            all.add(sandbox);
            return sandbox;
        }
    }

    private void giveBack(Sandbox sandbox, boolean sound) {
        synchronized (lock) {
            if (sound && !closed) {
                idle.push(sandbox);
                return;
            }
            all.remove(sandbox);
        }
        sandbox.close();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            all.forEach(Sandbox::close);
            all.clear();
            idle.clear();
            clock.shutdownNow();
            if (installation != null) {
                installation.delete();
            }
        }
    }
}
