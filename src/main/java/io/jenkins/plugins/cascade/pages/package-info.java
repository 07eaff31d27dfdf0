/**
 * What Jenkins shows of a cascade: on a build its record, live while it runs, and on a job the trend of its benchmarks with the champion.
 *
 * <p>Everything is read from the files below a build's folder when somebody looks; nothing is stored in a build. Markup comes from {@code
 * report}, which escapes what it writes.
 */
package io.jenkins.plugins.cascade.pages;
