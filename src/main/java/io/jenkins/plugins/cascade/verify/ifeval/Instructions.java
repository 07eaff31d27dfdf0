package io.jenkins.plugins.cascade.verify.ifeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The instruction types of IFEval and IFBench by their ids, which do not overlap. */
final class Instructions {

    private static final Map<String, InstructionType> TYPES = new LinkedHashMap<>(IfEvalTypes.TYPES);

    static {
        TYPES.putAll(IfBenchTypes.TYPES);
    }

    private Instructions() {}

    /**
     * An instruction ready to check responses.
     *
     * @param id one of the ids of IFEval or IFBench
     * @param arguments its arguments by name; null values count as absent
     * @throws InvalidVerifierException if the id is unknown or an argument is missing or wrong
     */
    static Instruction of(String id, JsonNode arguments) {
        InstructionType type = TYPES.get(id);
        if (type == null) {
            throw new InvalidVerifierException(
                    "There is no instruction '" + id + "'; known are " + TYPES.keySet() + ".");
        }
        Arguments read = new Arguments(id, arguments);
        read.allow(type.names());
        return type.factory().apply(read);
    }
}
