package io.jenkins.plugins.cascade.pages;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives a job the trend of its cascades where one of its newest builds has a record. Opens no build. */
@Extension
@SuppressWarnings("rawtypes") // a Class object knows no type arguments
public final class CascadeJobActions extends TransientActionFactory<Job> {
    private static final int NEWEST = 10;

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return CascadeJobAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        return CascadeJobAction.HISTORY.any(job.getBuildDir().toPath(), NEWEST)
                ? List.of(new CascadeJobAction(job))
                : List.of();
    }
}
