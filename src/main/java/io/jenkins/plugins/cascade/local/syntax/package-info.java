/**
 * Reads a Jenkinsfile: from Groovy's syntax tree to an immutable model of the pipeline, with every problem named by its line.
 * Nothing of the Jenkinsfile is executed here.
 */
package io.jenkins.plugins.cascade.local.syntax;
