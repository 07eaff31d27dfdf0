package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One JSON object read strictly: no unknown field, no duplicate field, every value of the expected kind. */
final class JsonFields {

    private static final int LONGEST_TEXT = 1000;
    private static final Double ZERO = 0.0;
    private static final Double ONE = 1.0;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** What the parser says to programmers. */
    private static final Pattern ADVICE = Pattern.compile(
            ": enable `.*|: not allowed as per.*| \\(bound as [^)]*\\)|: expected a valid value.*", Pattern.DOTALL);

    private final JsonNode object;
    private final String what;

    private JsonFields(JsonNode object, String what) {
        this.object = object;
        this.what = what;
    }

    /** A value that is not what was expected; the message is one sentence. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    static JsonFields parse(String json, String what, Set<String> known) throws Mismatch {
        try {
            return of(READER.readTree(json), what, known);
        } catch (JsonProcessingException e) {
            throw new Mismatch("this is not valid JSON ("
                    + ADVICE.matcher(e.getOriginalMessage()).replaceAll("") + ").");
        }
    }

    private static JsonFields of(JsonNode node, String what, Set<String> known) throws Mismatch {
        if (!node.isObject()) {
            throw new Mismatch(what + " must be a JSON object.");
        }
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new Mismatch(what + " has an unknown field \"" + name + "\"; known are " + known + ".");
            }
        }
        return new JsonFields(node, what);
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    String text(String field) throws Mismatch {
        String text = textOrNull(field);
        if (text == null) {
            throw new Mismatch(what + " has no \"" + field + "\".");
        }
        return text;
    }

    /** A non-blank text, or null when the field is absent or null. Integers are taken as text, since many data sets number their items. */
    String textOrNull(String field) throws Mismatch {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new Mismatch("\"" + field + "\" must be a text.");
        }
        String text = value.asText();
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Mismatch("\"" + field + "\" must have 1 to " + LONGEST_TEXT + " characters.");
        }
        return text;
    }

    double number(String field) throws Mismatch {
        JsonNode value = object.get(field);
        if (value == null || !value.isNumber()) {
            throw new Mismatch(what + " needs a number \"" + field + "\".");
        }
        return value.doubleValue();
    }

    double number(String field, double otherwise) throws Mismatch {
        return object.has(field) ? number(field) : otherwise;
    }

    int integer(String field, int otherwise) throws Mismatch {
        JsonNode value = object.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new Mismatch("\"" + field + "\" must be a whole number.");
        }
        return value.intValue();
    }

    List<Double> numbers(String field, int most) throws Mismatch {
        JsonNode value = array(field);
        if (value.size() > most) {
            throw new Mismatch("\"" + field + "\" has " + value.size() + " values; at most " + most + " are read.");
        }
        List<Double> numbers = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isNumber()) {
                throw new Mismatch("\"" + field + "\" must hold numbers only, not " + element.getNodeType() + ".");
            }
            numbers.add(shared(element.doubleValue()));
        }
        return numbers;
    }

    /** Most scores are 0 or 1: a million of them need not be a million objects. */
    private static Double shared(double value) {
        return Double.doubleToRawLongBits(value) == 0 ? ZERO : value == 1 ? ONE : Double.valueOf(value);
    }

    List<JsonFields> objects(String field, String elementName, Set<String> known) throws Mismatch {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array(field)) {
            objects.add(of(element, elementName + " " + (objects.size() + 1), known));
        }
        return objects;
    }

    private JsonNode array(String field) throws Mismatch {
        JsonNode value = object.get(field);
        if (value == null || !value.isArray()) {
            throw new Mismatch(what + " needs a list \"" + field + "\".");
        }
        return value;
    }
}
