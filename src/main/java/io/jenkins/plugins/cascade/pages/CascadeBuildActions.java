package io.jenkins.plugins.cascade.pages;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives a build its cascade's page as soon as there is a record. Asks for one file's attributes, because Jenkins calls it often. */
@Extension
@SuppressWarnings("rawtypes") // a Class object knows no type arguments
public final class CascadeBuildActions extends TransientActionFactory<Run> {
    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return CascadeBuildAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Run run) {
        return BuildFolder.of(run).hasRecord() ? List.of(new CascadeBuildAction(run)) : List.of();
    }
}
