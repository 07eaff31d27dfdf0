package io.jenkins.plugins.cascade.local.syntax;

import java.time.Duration;
import java.util.List;

/**
 * The {@code options} section.
 *
 * @param wrappers what wraps the stages, outermost first (the order of the text, as in Jenkins)
 * @param accepted names of options that need nothing here: concurrent builds are refused anyway, nothing is checked out, no record is deleted
 */
public record Options(List<Wrapper> wrappers, List<String> accepted) {
    /** No options. */
    public static final Options NONE = new Options(List.of(), List.of());

    public Options {
        wrappers = List.copyOf(wrappers);
        accepted = List.copyOf(accepted);
    }

    /** An option that wraps what it stands at. */
    public sealed interface Wrapper {}

    /** {@code timeout}: aborts what runs longer; with {@code activity}, what is silent longer. */
    public record Timeout(Duration limit, boolean activity) implements Wrapper {}

    /** {@code retry}: tries again after a failure, {@code count} attempts in all. */
    public record Retry(int count) implements Wrapper {}

    /** {@code timestamps}: every line of the log begins with the time. */
    public record Timestamps() implements Wrapper {}
}
