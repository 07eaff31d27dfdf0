/**
 * Judges mathematical answers by an exact grammar of our own. The reference answer decides what kind of answer is wanted, and
 * what cannot be shown to be equal is wrong: a false accept teaches a model something false, a false reject only slows it.
 *
 * <p>There is no computer algebra system behind it. Expressions are compared by value, at random points where they have variables:
 * exactly where they are rational, otherwise to 55 decimals. That decides what an algebra system would simplify, such as nested
 * radicals and trigonometric identities, without its size, its licences and its open-ended running time: every value has a bounded
 * size and every expression a bounded number of steps, so the deadline is a count and the verdict is the same on a slow machine.
 */
package io.jenkins.plugins.cascade.verify.math;
