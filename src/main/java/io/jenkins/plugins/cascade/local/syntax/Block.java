package io.jenkins.plugins.cascade.local.syntax;

/**
 * A piece of Groovy of the Jenkinsfile that the runner calls: the steps of a stage, an expression, a post condition.
 *
 * @param index position among the closures that the compiled Jenkinsfile returns
 * @param line line where it begins
 */
public record Block(int index, int line) {}
