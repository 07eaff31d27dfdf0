package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.io.PrintStream;

/** Performs the steps that train, evaluate and judge; their classes declare only the arguments. */
public interface CascadeSteps {
    /**
     * Performs a step on the calling thread. When {@link StopRequest} of the context is made, it has the time that it needs to write a
     * checkpoint, and then returns or throws.
     *
     * @param boundStep the step with its arguments
     * @param context environment, directory, console, and where to say that the result is unstable
     * @return the value that the Jenkinsfile sees
     * @throws Exception the step's failure
     */
    Object run(Object boundStep, StepContext context) throws Exception;

    /**
     * The build has ended; called once, also when no such step ran.
     *
     * @param result of the build
     * @param console where to say what is left to say
     */
    default void finish(Result result, PrintStream console) {}
}
