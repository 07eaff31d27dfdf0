package io.jenkins.plugins.cascade.verify.ifeval;

/** One constraint with its arguments. */
@FunctionalInterface
interface Instruction {

    /** @param response not blank */
    boolean isFollowedBy(String response);
}
