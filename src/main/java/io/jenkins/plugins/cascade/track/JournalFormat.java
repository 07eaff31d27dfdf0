package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** How an entry is written: one JSON object a line, UTF-8, NaN and the infinities as strings (Jackson's default). */
final class JournalFormat {
    /** No line is longer than this, its newline included; a longer one is neither written nor read. */
    static final int MAX_LINE_BYTES = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JournalFormat() {}

    static byte[] line(JournalEntry entry) throws JsonProcessingException {
        return (JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static JournalEntry entry(byte[] bytes, int from, int length) throws JsonProcessingException {
        return JSON.readValue(new String(bytes, from, length, StandardCharsets.UTF_8), JournalEntry.class);
    }
}
