/**
 * The plugin on a real Jenkins: forms, Pipelines, pages, restarts. Stages train for real, in the trainer's own process, on a model that
 * takes a second.
 */
package io.jenkins.plugins.cascade.controller;
