/**
 * One local build: its number, result, log, environment and what can interrupt it.
 * Knows neither Groovy nor the steps.
 */
package io.jenkins.plugins.cascade.local.build;
