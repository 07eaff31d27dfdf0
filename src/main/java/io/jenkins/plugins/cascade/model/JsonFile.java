package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A JSON object in a model folder, with errors that name the file. */
final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFile() {}

    static ObjectNode read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("There is no file " + file + ".");
        }
        try {
            JsonNode node = MAPPER.readTree(file.toFile());
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new ModelException(file + " is not a JSON object.");
        } catch (JsonProcessingException e) {
            throw new ModelException(file + " is not valid JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static ObjectNode readIfPresent(Path file) {
        return Files.exists(file) ? read(file) : MAPPER.createObjectNode();
    }

    /** Writes the file under a temporary name until it is whole. */
    static void write(Path file, ObjectNode object) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(temporary.toFile(), object);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
