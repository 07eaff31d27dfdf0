package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Finds which verifiers the lines of a data file name, so that their versions go into the content key. */
final class VerifierTypes {
    private VerifierTypes() {}

    /**
     * The types in a file of JSON lines.
     *
     * @throws StageException when a line is not a JSON object, with file and line
     */
    static Set<String> in(Path file) throws StageException {
        Set<String> types = new TreeSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    add(file, number, line, types);
                }
                number++;
            }
        } catch (CharacterCodingException e) {
            throw new StageException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
        return types;
    }

    private static void add(Path file, int number, String line, Set<String> types) throws StageException {
        JsonNode node;
        try {
            node = CanonicalJson.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new StageException(
                    file + ", line " + number + ": not JSON (" + UntrustedFile.reason(e)
                            + "); correct or remove the line",
                    e);
        }
        if (!node.isObject()) {
            throw new StageException(file + ", line " + number + ": not a JSON object; correct or remove the line");
        }
        JsonNode type = node.path("verifier").path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
    }
}
