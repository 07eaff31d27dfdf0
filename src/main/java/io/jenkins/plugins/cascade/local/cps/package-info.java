/**
 * The Groovy of a Jenkinsfile, compiled in continuation-passing style by the library that Jenkins Pipeline runs on.
 * A step suspends the Groovy code; the runner performs it and resumes the code with its value or its failure.
 */
package io.jenkins.plugins.cascade.local.cps;
