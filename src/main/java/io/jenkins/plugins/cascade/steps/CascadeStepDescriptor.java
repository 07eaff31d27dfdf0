package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.StaplerRequest2;

/** What the descriptors of the cascade steps share. A stage runs inside a node. */
public abstract class CascadeStepDescriptor extends StepDescriptor implements KnownArguments {
    private final String functionName;

    CascadeStepDescriptor(String functionName) {
        this.functionName = functionName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @Override
    public final String getDisplayName() {
        return Wording.forReader(functionName);
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class, FilePath.class, Launcher.class, EnvVars.class);
    }

    /** What the pages of a build show beside the step: the stage's name. */
    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        return arguments.get("name") instanceof String name ? name : null;
    }

    /**
     * The step that a Jenkinsfile describes. A refusal ends the build with its sentence, not with what Jenkins wraps around it.
     *
     * @throws AbortException when an argument is missing, unknown or refused
     */
    @Override
    @SuppressWarnings("deprecation") // the only place where a step's own descriptor sees what its binding threw
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        try {
            return super.newInstance(arguments);
        } catch (IllegalArgumentException e) {
            Optional<String> refusal = Refusals.sentence(e, Locale.ROOT);
            if (refusal.isPresent()) {
                throw (AbortException) new AbortException(refusal.get()).initCause(e);
            }
            throw e;
        }
    }

    /**
     * The step that a form describes. The Snippet Generator shows a refusal in the place of the snippet.
     *
     * @throws RefusedFormException with one sentence when an argument is missing or refused
     */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            return super.newInstance(request, given(form));
        } catch (LinkageError | IllegalArgumentException e) {
            // Jenkins wraps what a constructor or a setter throws in an Error, and would answer nothing.
            throw new RefusedFormException(
                    Refusals.sentence(e, LocaleProvider.getLocale()).orElseGet(e::getMessage), e);
        }
    }

    /** The form without what its reader left to its default, for Jenkins submits a box also where it is folded away. */
    private static JSONObject given(JSONObject form) {
        if (Boolean.FALSE.equals(form.opt("overlongFilteringGiven"))) {
            form.remove("overlongFiltering");
        }
        return form;
    }

    /** A path or a list of paths as a form shows it, one path a line; called by the views. */
    public final String lines(Object paths) {
        return Paths.lines(paths);
    }
}
