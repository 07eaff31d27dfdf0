package io.jenkins.plugins.cascade.local.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.binding.Symbol;
import io.jenkins.plugins.cascade.local.build.StepContext;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The class that a Jenkinsfile is compiled to: names that Groovy does not know are steps, symbols and variables of the build. */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    private transient StepCatalog catalog;

    void connect(StepCatalog steps) {
        this.catalog = steps;
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        if (catalog.isSymbol(name)) {
            StepCall call = StepCall.of(name, arguments);
            return new Symbol(name, call.positional(), call.named());
        }
        if (name.equals("script") || catalog.step(name).isPresent()) {
            return Continuable.suspend(name, StepCall.of(name, arguments));
        }
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> closure) {
            return InvokerHelper.invokeMethod(closure, "call", arguments);
        }
        throw new NoSuchMethodError(
                "No such DSL method '" + name + "' found among the steps of the local runner " + catalog.stepNames());
    }

    @Override
    public Object getProperty(String name) {
        StepContext context = CurrentContext.get();
        switch (name) {
            case "env":
                return new EnvironmentObject();
            case "params":
                return context.build().parameters();
            case "currentBuild":
                return new CurrentBuild(context.build());
            case "out":
                return context.console();
            default:
        }
        if (getBinding().hasVariable(name)) {
            return getBinding().getVariable(name);
        }
        String variable = context.variable(name);
        if (variable != null) {
            return variable;
        }
        return super.getProperty(name);
    }
}
