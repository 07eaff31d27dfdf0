/**
 * Runs a declarative Jenkinsfile without a controller, and is the command line of Cascade.
 * It is a local runner for a subset of declarative Pipeline, not Jenkins: what lies outside the subset is refused before anything runs.
 */
package io.jenkins.plugins.cascade.local;
