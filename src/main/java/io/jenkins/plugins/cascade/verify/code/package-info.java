/**
 * Judges Python programs by running them in a sandbox: all tests or nothing. The process of the program never holds expected
 * results or test code, and what it sends back is parsed as data, so that it cannot vouch for itself.
 */
package io.jenkins.plugins.cascade.verify.code;
