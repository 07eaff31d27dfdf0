/**
 * Rewards that another model gives over HTTP: a judge's probability of "YES" and a reward model's score. Addresses and keys come
 * from the environment alone, never from a data file, and an endpoint that fails gives no score instead of a score of 0.
 */
package io.jenkins.plugins.cascade.verify.judge;
