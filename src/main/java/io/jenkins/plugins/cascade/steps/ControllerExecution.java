package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import io.jenkins.plugins.cascade.stage.FollowerPool;
import io.jenkins.plugins.cascade.stage.StageException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that runs on the controller alone, once, on a thread of the followers. Doing it again gives the same, so a controller that was
 * killed simply does it again.
 */
abstract class ControllerExecution extends StepExecution implements FollowerPool.Follower {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ControllerExecution.class.getName());

    private transient AtomicBoolean settled;

    ControllerExecution(StepContext context) {
        super(context);
    }

    /**
     * Does it.
     *
     * @return says to the step's context how it ended; called unless the step was stopped meanwhile
     * @throws StageException with one sentence for the user
     */
    abstract Ending perform() throws IOException, InterruptedException, StageException;

    /** How a step ends. */
    interface Ending {
        /** Tells the context. */
        void tell(StepContext context) throws IOException, InterruptedException;
    }

    @Override
    public final boolean start() {
        onResume();
        return false;
    }

    @Override
    public final void onResume() {
        settled = new AtomicBoolean();
        Followers.get().starting().follow(this);
    }

    @Override
    public final void stop(Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            getContext().onFailure(cause);
        }
    }

    @Override
    public final FollowerPool.Next round() {
        try {
            Ending ending = perform();
            if (mayEnd()) {
                ending.tell(getContext());
            }
        } catch (StageException e) {
            fail(new AbortException(e.getMessage()));
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Left to the next start of the controller", e);
        }
        return FollowerPool.Next.NEVER;
    }

    @Override
    public final void broken(RuntimeException mistake) {
        LOGGER.log(Level.WARNING, mistake, () -> "A mistake in " + getClass().getSimpleName());
        fail(mistake);
    }

    private void fail(Exception cause) {
        if (mayEnd()) {
            getContext().onFailure(cause);
        }
    }

    private boolean mayEnd() {
        return !Followers.get().over() && settled.compareAndSet(false, true);
    }
}
