package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a trainer wrote. Whoever controls the machine that trains, or the model's output, controls these files: sizes are capped,
 * links are not followed, JSON is strict and shallow, and no path leaves the stage's directory.
 */
final class UntrustedFile {
    /** Longest text that is shown to people. */
    static final int MOST_SHOWN = 500;

    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 1 << 16;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 256;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private UntrustedFile() {}

    /**
     * Reads a JSON file; empty when there is none.
     *
     * @param most largest size in bytes
     * @throws StageException when it is no regular file, larger, or not JSON of that type
     */
    static <T> Optional<T> read(Path file, int most, Class<T> type) throws StageException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StageException(file + " is not a regular file and is not read");
        }
        return Optional.of(parse(bytes(file, most), file.toString(), type));
    }

    /**
     * Parses the whole content of a file.
     *
     * @param name the file, for the message
     * @throws StageException when it is not JSON of that type
     */
    static <T> T parse(byte[] bytes, String name, Class<T> type) throws StageException {
        try {
            T value = STRICT.readValue(bytes, type);
            if (value == null) {
                throw new StageException(name + " holds null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new StageException(name + " is not what a trainer writes: " + reason(e), e);
        } catch (IOException e) {
            throw new StageException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file, int most) throws StageException {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new StageException(file + " is larger than " + most + " bytes and is not read");
            }
            return bytes;
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Parses one line.
     *
     * @throws IOException when it is not JSON of that type
     */
    static <T> T line(byte[] bytes, int from, int length, Class<T> type) throws IOException {
        return STRICT.readValue(bytes, from, length, type);
    }

    /** Why a text was refused, in words that can be shown: without its content and without control characters. */
    static String reason(JsonProcessingException e) {
        return printable(e.getOriginalMessage());
    }

    /** A text that can be shown on a terminal: control characters replaced, cut at {@link #MOST_SHOWN} characters. */
    static String printable(String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ");
    }

    /** Whether a text is written as a digest or a content key is: {@code sha256:} and 64 hexadecimal digits. */
    static boolean isDigest(String text) {
        return text != null && DIGEST.matcher(text).matches();
    }

    /**
     * A folder that a file of the stage names.
     *
     * @throws StageException when it lies outside the directory, is no folder, or holds a symbolic link
     */
    static Path folder(Path directory, String relative) throws StageException {
        Path folder = resolved(directory, relative);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new StageException("The trainer names the folder '" + printable(relative) + "', which is not there");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            if (!folder.toRealPath().startsWith(directory.toRealPath()) || files.anyMatch(Files::isSymbolicLink)) {
                throw new StageException("The folder " + folder + " leads out of the stage's directory by a link");
            }
        } catch (IOException e) {
            throw new StageException("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
        return folder;
    }

    private static Path resolved(Path directory, String relative) throws StageException {
        checkPlain(relative);
        return directory.resolve(relative);
    }

    /**
     * Checks a folder's name that a file of the stage holds.
     *
     * @throws StageException when it is no relative path that stays inside
     */
    static void checkPlain(String relative) throws StageException {
        if (!PlainPath.is(relative)) {
            throw new StageException("The trainer names the folder '" + printable(relative)
                    + "', which is not a plain path inside the stage's directory");
        }
    }
}
