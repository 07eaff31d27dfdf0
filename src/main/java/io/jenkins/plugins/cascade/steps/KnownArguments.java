package io.jenkins.plugins.cascade.steps;

import hudson.model.Descriptor;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A descriptor whose arguments must all be known, in scripted Pipeline too. Implemented by descriptors only. */
interface KnownArguments extends CustomDescribableModel {
    @Override
    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Descriptor<?> descriptor = (Descriptor<?>) this;
        ArgumentNames.check(called(descriptor), descriptor.clazz, arguments.keySet());
        return arguments;
    }

    private static String called(Descriptor<?> descriptor) {
        return descriptor instanceof StepDescriptor step
                ? step.getFunctionName()
                : descriptor.getClass().getAnnotation(Symbol.class).value()[0];
    }
}
