package io.jenkins.plugins.cascade.track;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads the parts of an answer that a server is free to fill with anything. */
final class Answers {
    private static final int LONGEST_TEXT = 300;

    private Answers() {}

    /** A server's text for a message: one line, without control characters, at most 300 characters. */
    static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + " ...";
    }

    /** RFC 9110, section 10.2.3: seconds or a date; zero when it is neither, or past. */
    static Duration retryAfter(String header) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException neither) {
            return Duration.ZERO;
        }
    }
}
