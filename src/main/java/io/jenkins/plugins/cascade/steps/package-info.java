/**
 * The Pipeline steps as Jenkins sees them: arguments declared once, their ranges, and what a Jenkinsfile gets back. They turn arguments
 * into requests of the stage package and hold no training logic.
 */
package io.jenkins.plugins.cascade.steps;
