/**
 * Trains one stage: supervised fine-tuning, a reward model, GRPO. Every random number is a function of the stage's seed and the step, and
 * checkpoints are complete or not there, so that a killed run that is resumed ends bit for bit where it would have ended.
 */
package io.jenkins.plugins.cascade.train;
