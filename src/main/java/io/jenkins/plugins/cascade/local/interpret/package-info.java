/**
 * Interprets the model of a pipeline: stages, conditions, options, environment and post, in the order in which Jenkins does.
 * The order was read from pipeline-model-definition's ModelInterpreter.
 */
package io.jenkins.plugins.cascade.local.interpret;
