package io.jenkins.plugins.cascade.model;

import java.util.List;

/** Decodes many sequences at once with a key-value cache. */
final class Generator {
    private final Decoder decoder;
    private final Sampling sampling;

    Generator(Decoder decoder, Sampling sampling) {
        this.decoder = decoder;
        this.sampling = sampling;
    }

    List<Completion> generate(List<GenerationRequest> requests) {
        throw new ModelException(
                "Generation of " + requests.size() + " requests at temperature " + sampling.temperature()
                        + " is not there yet for " + decoder.config().modelType() + ".");
    }
}
