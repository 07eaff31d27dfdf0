package io.jenkins.plugins.cascade.stage;

import java.nio.file.Path;
import java.util.Map;

/** Where a stage runs: its console, its folder, its environment, and who may cancel it. */
public interface StageHost {
    /** Writes one line to the log. It holds no control characters, except ANSI colours where {@link #interactive()}. */
    void line(String text);

    /** Replaces the line that shows the progress; empty clears it. Only called when {@link #interactive()}. */
    void progress(String text);

    /** Whether a person watches a terminal that can rewrite a line. */
    boolean interactive();

    /** Folder that relative paths of arguments are resolved against. */
    Path workingDirectory();

    /** Environment of the step, handed to the trainer without MLflow's credentials. */
    Map<String, String> environment();

    /** Tells when to stop. */
    CancelSignal cancelSignal();
}
