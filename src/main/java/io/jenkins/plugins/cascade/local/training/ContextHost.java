package io.jenkins.plugins.cascade.local.training;

import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.step.StopRequest;
import io.jenkins.plugins.cascade.stage.CancelSignal;
import io.jenkins.plugins.cascade.stage.StageHost;
import java.nio.file.Path;
import java.util.Map;

/** A stage's host: the context of the step that runs it. */
final class ContextHost implements StageHost {
    private final StepContext context;
    private final StopRequest stop;

    ContextHost(StepContext context) {
        this.context = context;
        this.stop = StopRequest.to(context);
    }

    @Override
    public void line(String text) {
        context.console().println(text);
    }

    @Override
    public void progress(String text) {
        context.build().log().progress(context.style(), text);
    }

    @Override
    public boolean interactive() {
        return context.build().log().isInteractive();
    }

    @Override
    public Path workingDirectory() {
        return context.directory();
    }

    @Override
    public Map<String, String> environment() {
        return context.environment();
    }

    @Override
    public CancelSignal cancelSignal() {
        return stop::isMade;
    }
}
