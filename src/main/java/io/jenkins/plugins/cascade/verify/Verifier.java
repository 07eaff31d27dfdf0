package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Judges responses of one kind of task. Implementations are safe for use by several threads. */
public interface Verifier {

    /** The value of {@code "type"} in a specification, such as {@code math}. */
    String type();

    /** Changes whenever a verdict may change; part of a stage's content key. */
    String version();

    /**
     * Checks a specification before any training.
     *
     * @param spec the {@code "verifier"} object of a data line
     * @throws InvalidVerifierException with one sentence that says what is wrong
     */
    void check(JsonNode spec);

    /**
     * Judges one response; never throws for what a response contains.
     *
     * @param prompt what the model was asked; may be empty where the kind does not need it
     * @param response what the model answered, thoughts included
     * @param spec the {@code "verifier"} object of the data line
     */
    Verdict verify(String prompt, String response, JsonNode spec);

    /** Known answers that must be judged as known before the verifier may be trusted; at least one good and one bad. */
    List<Canary> canaries();

    /** Whether a verdict is mostly waited for, as that of another machine, so that many may be asked for side by side. */
    default boolean remote() {
        return false;
    }

    /** Whether one response costs milliseconds or more, so that the verdict of an identical one is worth remembering. */
    default boolean costly() {
        return false;
    }
}
