/**
 * Judges patches of software without running them, after the paper's rule (Nemotron-Cascade, arXiv 2512.13607, SWE RL): a patch
 * that cannot be applied, one that changes nothing, one that equals the reference, and the rest by similarity or by a judge.
 */
package io.jenkins.plugins.cascade.verify.swe;
