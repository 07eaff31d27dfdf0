package io.jenkins.plugins.cascade.local.build;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What surrounds a step; blocks such as {@code dir} and {@code withEnv} run their body in a changed copy.
 *
 * @param build the build
 * @param branch the line of execution
 * @param variables set by {@code environment} and {@code withEnv} around the step
 * @param workspace true inside an agent; steps that need files fail without one
 * @param directory where files are
 * @param style how lines of the log begin
 * @param console where output goes
 * @param cancel asks the step to stop
 * @param stage the stage that runs
 */
public record StepContext(
        LocalBuild build,
        Branch branch,
        Map<String, String> variables,
        boolean workspace,
        Path directory,
        LogStyle style,
        PrintStream console,
        CancelSignal cancel,
        Optional<StageScope> stage) {

    /** The context of a whole build, in a directory, outside any agent. */
    public static StepContext of(LocalBuild build, Path directory, CancelSignal cancel) {
        return new StepContext(
                build,
                new Branch(),
                Map.of(),
                false,
                directory,
                LogStyle.PLAIN,
                build.log().stream(LogStyle.PLAIN),
                cancel,
                Optional.empty());
    }

    /** The same with an agent, or without one. */
    public StepContext withWorkspace(boolean present) {
        return new StepContext(build, branch, variables, present, directory, style, console, cancel, stage);
    }

    /** The same with more variables; later ones hide earlier ones. */
    public StepContext withVariables(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new StepContext(
                build, branch, Collections.unmodifiableMap(all), workspace, directory, style, console, cancel, stage);
    }

    /** The same in another directory. */
    public StepContext withDirectory(Path other) {
        return new StepContext(build, branch, variables, workspace, other, style, console, cancel, stage);
    }

    /** The same with lines that begin otherwise. */
    public StepContext withStyle(LogStyle other) {
        return new StepContext(
                build, branch, variables, workspace, directory, other, build.log().stream(other), cancel, stage);
    }

    /** The same with another stream to print on. */
    public StepContext withConsole(PrintStream other) {
        return new StepContext(build, branch, variables, workspace, directory, style, other, cancel, stage);
    }

    /** The same under another signal. */
    public StepContext withCancel(CancelSignal other) {
        return new StepContext(build, branch, variables, workspace, directory, style, console, other, stage);
    }

    /** The same on another line of execution. */
    public StepContext withBranch(Branch other) {
        return new StepContext(build, other, variables, workspace, directory, style, console, cancel, stage);
    }

    /** The same in a stage. */
    public StepContext withStage(StageScope scope) {
        return new StepContext(
                build, branch, variables, workspace, directory, style, console, cancel, Optional.of(scope));
    }

    /**
     * Every variable that a step sees: the machine's, the build's, those set with {@code env.NAME =}, and on top those of the blocks
     * around the step.
     */
    public Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(build.environment());
        all.putAll(build.state().environment());
        all.putAll(variables);
        return all;
    }

    /** One variable, null if it is not set. */
    public String variable(String name) {
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        String set = build.state().environment().get(name);
        return set != null ? set : build.environment().get(name);
    }

    /** Throws if the step is asked to stop. */
    public void check() throws InterruptedRunException {
        branch.check(cancel);
    }

    /** Sets the build's result, and marks the stage, as at least that bad. */
    public void worsen(Result result) {
        build.state().worsen(result);
        stage.ifPresent(scope -> scope.warn(result));
    }
}
