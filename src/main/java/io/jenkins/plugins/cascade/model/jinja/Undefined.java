package io.jenkins.plugins.cascade.model.jinja;

/**
 * What a name or an attribute that is not there has as its value: empty when printed, false, and an error in most operations.
 *
 * @param what name for the sentence of an error
 */
record Undefined(String what) {
    JinjaException failure() {
        return new JinjaException("'" + what + "' is undefined");
    }
}
