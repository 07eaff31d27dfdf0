package io.jenkins.plugins.cascade.local.syntax;

/**
 * A trigger; a local run names it and schedules nothing.
 *
 * @param name cron, pollSCM or upstream
 * @param arguments as the Jenkinsfile writes them
 */
public record Trigger(String name, String arguments) {}
