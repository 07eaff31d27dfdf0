/**
 * Judges mathematical answers by an exact grammar of our own. The reference answer decides what kind of answer is wanted, and
 * what cannot be shown to be equal is wrong: a false accept teaches a model something false, a false reject only slows it.
 */
package io.jenkins.plugins.cascade.verify.math;
