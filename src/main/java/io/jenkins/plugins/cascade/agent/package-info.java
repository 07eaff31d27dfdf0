/**
 * The process that a controller starts on an agent for one stage: it finds out what an order comes to on this machine, waits for a trainer
 * that is at work on the same stage already, or trains. It talks to the controller by files only and knows nothing of Jenkins.
 */
package io.jenkins.plugins.cascade.agent;
