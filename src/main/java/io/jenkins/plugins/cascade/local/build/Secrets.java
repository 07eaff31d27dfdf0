package io.jenkins.plugins.cascade.local.build;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/** The secrets of a build; whatever is printed has them replaced, on the terminal and in the log. */
public final class Secrets {
    private static final String MASK = "****";

    private final ConcurrentSkipListSet<String> values = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** From now on the secret, each of its lines, and its form in a shell's single quotes are masked. */
    public void add(String secret) {
        Stream.concat(Stream.of(secret), secret.lines())
                .flatMap(text -> List.of(text, text.replace("'", "'\\''")).stream())
                .filter(text -> !text.isBlank())
                .forEach(values::add);
    }

    /** The line without secrets. */
    public String mask(String line) {
        String masked = line;
        for (String secret : values) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
