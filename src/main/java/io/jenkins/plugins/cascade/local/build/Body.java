package io.jenkins.plugins.cascade.local.build;

/** A block of the Jenkinsfile that a step or an option wraps. */
@FunctionalInterface
public interface Body {
    /**
     * Runs the block, on the calling thread.
     *
     * @return its value
     * @throws Exception whatever the block throws
     */
    Object run(StepContext context) throws Exception;
}
