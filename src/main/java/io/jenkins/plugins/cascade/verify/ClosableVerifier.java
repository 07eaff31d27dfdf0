package io.jenkins.plugins.cascade.verify;

/** A verifier that holds processes of its own. */
interface ClosableVerifier extends Verifier, AutoCloseable {

    @Override
    void close();
}
