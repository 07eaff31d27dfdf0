/**
 * Instruction following as IFEval checks it: its 25 instruction types, strict and loose. What the original fills in at random
 * when an argument is missing is refused here, because a reward must not be a coin toss.
 */
package io.jenkins.plugins.cascade.verify.ifeval;
