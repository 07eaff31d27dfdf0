package io.jenkins.plugins.cascade.verify;

/** A verifier that holds processes of its own. */
public interface ClosableVerifier extends Verifier, AutoCloseable {

    @Override
    void close();
}
