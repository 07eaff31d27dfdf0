/**
 * Binds the arguments of a step to the class that declares it, by the rules of Jenkins' DescribableModel.
 * The annotations are read by name, so that nothing here depends on Jenkins.
 */
package io.jenkins.plugins.cascade.local.binding;
