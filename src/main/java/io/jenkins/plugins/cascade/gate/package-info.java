/**
 * Is the new checkpoint worse than the old one? Paired estimates with error bars on per-item benchmark scores, verdicts, and
 * declared trade-offs that expire.
 *
 * <p>The package knows scores and policies only: nothing of stages, reports or Jenkins.
 */
package io.jenkins.plugins.cascade.gate;
