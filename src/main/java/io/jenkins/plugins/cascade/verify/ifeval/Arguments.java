package io.jenkins.plugins.cascade.verify.ifeval;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The arguments of one instruction; each reader refuses what IFEval's checker would replace by a random value. */
final class Arguments {

    private static final Set<String> RELATIONS = Set.of("less than", "at least");

    private final String instruction;
    private final JsonNode values;

    Arguments(String instruction, JsonNode values) {
        this.instruction = instruction;
        this.values = values;
    }

    /** Refuses arguments that are set but not known to the instruction. */
    void allow(Set<String> names) {
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            if (!names.contains(field.getKey()) && isSet(field.getValue())) {
                throw new InvalidVerifierException(
                        instruction + " has no argument '" + field.getKey() + "'; remove it or set it to null.");
            }
        }
    }

    /** A whole number above 0. */
    int count(String name) {
        JsonNode value = required(name);
        if (!value.isNumber()
                || value.doubleValue() != Math.rint(value.doubleValue())
                || !value.canConvertToInt()
                || value.intValue() <= 0) {
            throw wrong(name, "a whole number above 0");
        }
        return value.intValue();
    }

    /** A whole number, 0 or above. */
    int wholeNumber(String name) {
        JsonNode value = required(name);
        if (!value.isNumber()
                || value.doubleValue() != Math.rint(value.doubleValue())
                || !value.canConvertToInt()
                || value.intValue() < 0) {
            throw wrong(name, "a whole number, 0 or above");
        }
        return value.intValue();
    }

    /** A number between 0 and 100. */
    double percentage(String name) {
        JsonNode value = required(name);
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 100)) {
            throw wrong(name, "a number from 0 to 100");
        }
        return value.doubleValue();
    }

    /** A text with more than white space, without the white space around it. */
    String word(String name) {
        String word = PythonText.strip(text(name));
        if (word.isEmpty()) {
            throw wrong(name, "a text that is not blank");
        }
        return word;
    }

    /** A text that is not empty. */
    String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw wrong(name, "a text that is not empty");
        }
        return value.asText();
    }

    /** Texts, at least one, none of them empty. */
    List<String> texts(String name) {
        JsonNode value = required(name);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode item : value) {
                texts.add(item.isTextual() ? item.asText() : "");
            }
        }
        if (texts.isEmpty() || texts.contains("")) {
            throw wrong(name, "a list of texts that are not empty");
        }
        return texts;
    }

    /** Whether {@code less than} is asked rather than {@code at least}. */
    Comparison comparison(String name, int threshold) {
        String relation = text(name);
        if (!RELATIONS.contains(relation)) {
            throw wrong(name, "'less than' or 'at least'");
        }
        return new Comparison(relation.equals("less than"), threshold);
    }

    /** A text that IFEval uses as a regular expression. */
    Pattern pattern(String name, String text, boolean ignoreCase) {
        try {
            return ignoreCase ? PythonText.ignoringCase(text) : PythonText.exact(text);
        } catch (PatternSyntaxException e) {
            throw wrong(name, "a regular expression (" + e.getDescription() + ")");
        }
    }

    InvalidVerifierException wrong(String name, String wanted) {
        return new InvalidVerifierException(instruction + " needs the argument '" + name + "' to be " + wanted + ".");
    }

    private JsonNode required(String name) {
        JsonNode value = values.get(name);
        if (value == null || value.isNull()) {
            throw new InvalidVerifierException(
                    instruction + " needs the argument '" + name + "'; IFEval would make one up at random.");
        }
        return value;
    }

    private static boolean isSet(JsonNode value) {
        return !value.isNull() && !(value.isArray() && value.isEmpty());
    }

    /**
     * A threshold.
     *
     * @param below whether counts must be below it rather than reach it
     */
    record Comparison(boolean below, int threshold) {

        boolean holds(int count) {
            return below ? count < threshold : count >= threshold;
        }
    }
}
