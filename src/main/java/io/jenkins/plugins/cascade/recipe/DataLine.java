package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One line of a JSONL data file, with readers of its fields whose complaints name the file and the line.
 *
 * @param file the file as the specification names it
 * @param number the line, counted from 1
 * @param json the line's object; fields that nobody reads are allowed
 */
public record DataLine(String file, int number, JsonNode json) {

    /**
     * All lines of a file; blank ones are skipped.
     *
     * @throws DataException when the file cannot be read, is empty, is not UTF-8, or a line is not a JSON object
     */
    public static List<DataLine> readAll(String file) {
        List<DataLine> lines = new ArrayList<>();
        forEach(file, lines::add);
        if (lines.isEmpty()) {
            throw new DataException(file, "holds no lines");
        }
        return lines;
    }

    /**
     * Takes the lines one after the other, so that a long file need not fit in memory; blank ones are skipped.
     *
     * @throws DataException when the file cannot be read, is not UTF-8, or a line is not a JSON object
     */
    public static void forEach(String file, Consumer<DataLine> taker) {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    taker.accept(parse(file, number, text));
                }
            }
        } catch (CharacterCodingException e) {
            throw new DataException(file, "is not UTF-8 text somewhere after line " + number);
        } catch (IOException e) {
            throw new DataException(file, "cannot be read (" + e + ")");
        }
    }

    private static DataLine parse(String file, int number, String text) {
        try {
            JsonNode json = CanonicalJson.MAPPER.readTree(text);
            if (!json.isObject()) {
                throw new DataException(file, number, "is not a JSON object");
            }
            return new DataLine(file, number, json);
        } catch (JsonProcessingException e) {
            throw new DataException(file, number, "is not JSON (" + firstLine(e.getOriginalMessage()) + ")");
        }
    }

    /** A complaint about this line; the reason ends without a full stop. */
    public DataException problem(String reason) {
        return new DataException(file, number, reason);
    }

    /**
     * A text field.
     *
     * @throws DataException when it is missing, not a string, or blank
     */
    public String text(String field) {
        return text(json, field, "the field '" + field + "'");
    }

    /** A text field, or null when the line has none. */
    public String textOrNull(String field) {
        return json.hasNonNull(field) ? text(field) : null;
    }

    /**
     * An object field.
     *
     * @throws DataException when it is missing or not an object
     */
    public JsonNode object(String field) {
        JsonNode value = required(field);
        if (!value.isObject()) {
            throw problem("the field '" + field + "' must be an object, but is " + kind(value));
        }
        return value;
    }

    /**
     * A list of messages {@code [{"role","content"}...]}.
     *
     * @throws DataException when it is missing, empty, or a message lacks a role or a content
     */
    public List<Message> messages(String field) {
        JsonNode value = required(field);
        if (!value.isArray() || value.isEmpty()) {
            throw problem("the field '" + field + "' must be a list of messages, but is " + kind(value));
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode entry : value) {
            String where = "of message " + (messages.size() + 1) + " in '" + field + "'";
            messages.add(new Message(text(entry, "role", "the role " + where), content(entry, where)));
        }
        return messages;
    }

    /** What the model is asked: a list of messages, or a string, which is one message of the user. */
    public List<Message> prompt() {
        return required("prompt").isTextual() ? List.of(new Message("user", text("prompt"))) : messages("prompt");
    }

    private JsonNode required(String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            throw problem("the field '" + field + "' is missing");
        }
        return value;
    }

    private String text(JsonNode object, String field, String what) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw problem(what + " is missing");
        }
        if (!value.isTextual()) {
            throw problem(what + " must be a string, but is " + kind(value));
        }
        if (value.textValue().isBlank()) {
            throw problem(what + " is empty");
        }
        return value.textValue();
    }

    private String content(JsonNode message, String where) {
        JsonNode value = message.get("content");
        if (value == null || !value.isTextual()) {
            throw problem("the content " + where + (value == null ? " is missing" : " must be a string"));
        }
        return value.textValue();
    }

    private static String kind(JsonNode value) {
        return value.isContainerNode() && value.isEmpty()
                ? "empty"
                : "of type " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
