package io.jenkins.plugins.cascade.local;

import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that every step of a build sees: those of the machine, and those that Jenkins sets for a build.
 *
 * @param checkout where the build runs; its branch is BRANCH_NAME unless the machine's environment says another
 * @param number the build's number
 * @param parameters the build's parameters
 */
record BuildEnvironment(Checkout checkout, int number, Map<String, Object> parameters) {
    Map<String, String> variables() throws InterruptedException {
        String job = checkout.name();
        Map<String, String> variables = new TreeMap<>();
        checkout.branch().ifPresent(branch -> variables.put("BRANCH_NAME", branch));
        checkout.commit().ifPresent(commit -> variables.put("GIT_COMMIT", commit));
        variables.putAll(System.getenv());
        variables.put("BUILD_NUMBER", Integer.toString(number));
        variables.put("BUILD_ID", Integer.toString(number));
        variables.put("BUILD_DISPLAY_NAME", "#" + number);
        variables.put("BUILD_TAG", "jenkins-" + job.replace('/', '-') + "-" + number);
        variables.put("JOB_NAME", job);
        variables.put("JOB_BASE_NAME", checkout.baseName());
        variables.put("NODE_NAME", "built-in");
        variables.put("WORKSPACE", checkout.root().toString());
        parameters.forEach((name, value) -> variables.put(name, String.valueOf(value)));
        return variables;
    }
}
