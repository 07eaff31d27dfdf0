/**
 * Benchmarks: items, samples and verdicts become per-item scores under a fingerprint that says what may be compared with what. What the
 * machinery could not judge is an error of the item, never a wrong answer.
 */
package io.jenkins.plugins.cascade.evaluate;
