/**
 * The record of a cascade, {@code cascade.json}, and what people see of it: the HTML report, the tables of a terminal and of a pull request.
 *
 * <p>Charts are inline SVG of its own making, one renderer for every place; whatever a model, a user or a file wrote is escaped.
 */
package io.jenkins.plugins.cascade.report;
