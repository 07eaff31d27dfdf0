package io.jenkins.plugins.cascade.model.jinja;

/**
 * What the filter {@code safe} makes. Printed it is its text; in Jinja an operation on it would escape what is joined to it, so that all
 * operations are refused.
 *
 * @param text its text
 */
record Safe(String text) {}
