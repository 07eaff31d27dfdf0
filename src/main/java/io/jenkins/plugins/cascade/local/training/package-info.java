/**
 * Performs the steps that train on this machine: opens the session of the build, follows the trainer, and ends the records.
 * Tracking goes to MLflow where an address is set, and to a journal in the build's folder always.
 */
package io.jenkins.plugins.cascade.local.training;
