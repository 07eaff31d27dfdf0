/**
 * Where the trainer's jar finds libtorch, which it does not carry: on this machine, or in a Maven repository that its environment names.
 * Knows the published archives by their SHA-256 and nothing of tensors.
 */
package io.jenkins.plugins.cascade.trainer.libtorch;
