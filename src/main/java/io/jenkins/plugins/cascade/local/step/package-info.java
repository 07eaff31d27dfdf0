/**
 * The steps of the local runner, and the port through which it performs the steps that train.
 * A step runs on the thread of its branch and returns its value or throws.
 */
package io.jenkins.plugins.cascade.local.step;
