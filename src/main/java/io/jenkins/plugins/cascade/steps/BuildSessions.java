package io.jenkins.plugins.cascade.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sessions of the builds that run, one a build; ends each with its build. */
@Extension
public final class BuildSessions extends RunListener<Run<?, ?>> {
    private final Map<String, BuildSession> open = new HashMap<>();

    /** Those of this controller. */
    static BuildSessions get() {
        return ExtensionList.lookupSingleton(BuildSessions.class);
    }

    /** The session of a build. */
    synchronized BuildSession of(Run<?, ?> run) {
        return open.computeIfAbsent(run.getExternalizableId(), id -> new BuildSession(run));
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        BuildSession session = of(run);
        synchronized (this) {
            open.remove(run.getExternalizableId());
        }
        if (session.begun()) {
            session.finish(word(run.getResult()), listener.getLogger()::println);
        }
    }

    /** Closes all of them, because the controller goes down; the builds go on with the next one. */
    void close() {
        List<BuildSession> all;
        synchronized (this) {
            all = new ArrayList<>(open.values());
            open.clear();
        }
        all.forEach(BuildSession::close);
    }

    static String word(Result result) {
        String word = String.valueOf(result);
        return switch (word) {
            case "UNSTABLE", "ABORTED", "FAILURE" -> word;
            case "NOT_BUILT" -> "FAILURE";
            default -> "SUCCESS";
        };
    }
}
