/**
 * Rewards that can be checked: mathematics, instruction following, code, patches, and what a judge or a reward model says. A verdict separates a wrong answer from
 * machinery that failed, so that a broken verifier is never trained on as if the model had been wrong.
 */
package io.jenkins.plugins.cascade.verify;
