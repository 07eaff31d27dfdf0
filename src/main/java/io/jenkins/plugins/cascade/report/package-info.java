/** The record of a cascade and what people see of it: charts and tables, one renderer for the build page, the HTML report and pull requests. */
package io.jenkins.plugins.cascade.report;
