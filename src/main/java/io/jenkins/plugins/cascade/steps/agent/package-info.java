/**
 * What the steps do on the machine of an agent: files, the trainer's jar, its Java and its process. Callables are small records that need
 * nothing but the JDK, Jenkins core and the port they serve.
 */
package io.jenkins.plugins.cascade.steps.agent;
