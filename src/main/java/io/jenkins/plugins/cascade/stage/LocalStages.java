package io.jenkins.plugins.cascade.stage;

/**
 * What it takes to run stages on this machine.
 *
 * @param launcher starts trainers
 * @param store keeps the stages of all builds
 */
record LocalStages(TrainerLauncher launcher, StageStore store) {}
