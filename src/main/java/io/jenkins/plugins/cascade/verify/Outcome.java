package io.jenkins.plugins.cascade.verify;

/** What a verification ended with. Only {@link #PASS} and {@link #FAIL} say something about the model. */
public enum Outcome {
    /** The response is right. */
    PASS,
    /** The response is wrong, unreadable or absent; a program of the model that runs into its own limit is here too. */
    FAIL,
    /** The verifier could not judge: a bad specification or a broken sandbox. */
    ERROR,
    /** Our own machinery did not answer in time. A slow program of the model is {@link #FAIL}, not this. */
    TIMEOUT,
    /** The reference answer itself cannot be read, so that no response can be judged by it. */
    UNPARSEABLE_GOLD;

    /** Whether the outcome is about the machinery or the data rather than about the response. */
    public boolean isInfrastructure() {
        return this != PASS && this != FAIL;
    }
}
