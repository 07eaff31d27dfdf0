package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.RequestAbortedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.support.concurrent.Timeout;

/** A call to an agent that does not take longer than it may: an agent that does not answer counts as away. */
public final class AgentCall {
    /** How long a short call may take, in seconds. */
    public static final long SHORT = 20;

    /** How long a kill may take, which waits a few seconds for each process, in seconds. */
    public static final long KILL = 60;

    /** How long the copy of the trainer and other long calls may take, in seconds. */
    public static final long LONG = 600;

    private AgentCall() {}

    /**
     * What is called.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    public interface Call<T> {
        /** Calls the agent. */
        T call() throws IOException, InterruptedException;
    }

    /**
     * Calls.
     *
     * @param seconds the call is interrupted after so long
     * @throws IOException when the agent is away, the call fails there, or it takes too long
     */
    @SuppressWarnings("try") // the limit works by being open
    public static <T> T within(long seconds, Call<T> call) throws IOException {
        try (Timeout limit = Timeout.limit(seconds, TimeUnit.SECONDS)) {
            return call.call();
        } catch (InterruptedException e) {
            InterruptedIOException away = new InterruptedIOException("no answer within " + seconds + " s");
            away.initCause(e);
            throw away;
        } catch (RequestAbortedException e) {
            // How Remoting says in some calls that the connection was lost while they were going on.
            throw new IOException("the connection was lost: " + e.getMessage(), e);
        }
    }
}
