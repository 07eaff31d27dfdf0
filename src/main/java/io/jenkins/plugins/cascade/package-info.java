/** Trains language models by Cascade RL from a Jenkins Pipeline. */
package io.jenkins.plugins.cascade;
