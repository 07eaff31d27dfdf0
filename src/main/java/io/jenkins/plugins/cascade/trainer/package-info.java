/**
 * The process that runs on the agent: a stage's directory with a specification in, events, checkpoints, scores and a result out. It ends
 * with one of the exit codes of the protocol and one sentence, and leaves the last checkpoint whatever happens.
 */
package io.jenkins.plugins.cascade.trainer;
