package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads {@code options}. */
final class OptionsParser {
    private static final Signature TIMEOUT = new Signature(
            "timeout",
            List.of(
                    Argument.required("time", int.class),
                    Argument.optional("unit", TimeUnit.class),
                    Argument.optional("activity", boolean.class)),
            false);
    private static final Signature RETRY =
            new Signature("retry", List.of(Argument.required("count", int.class)), false);
    private static final Signature FLAG = new Signature("", List.of(), false);
    private static final Set<String> KNOWN = Set.of(
            "timeout", "timestamps", "retry", "disableConcurrentBuilds", "buildDiscarder", "skipDefaultCheckout");

    private final Sections sections;

    OptionsParser(Sections sections) {
        this.sections = sections;
    }

    Options parse(Directive section) {
        List<Options.Wrapper> wrappers = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Directive> options = sections.directives(section);
        if (options.isEmpty() && section.body().isPresent()) {
            sections.problems().add(section.line(), "options can not be empty");
        }
        for (Directive option : options) {
            if (!seen.add(option.name())) {
                sections.problems().add(option.line(), "Duplicate option name: \"" + option.name() + "\"");
            }
            switch (option.name()) {
                case "timeout" -> timeout(option).ifPresent(wrappers::add);
                case "retry" -> retry(option).ifPresent(wrappers::add);
                case "timestamps" -> {
                    sections.steps().constants(FLAG, option);
                    wrappers.add(new Options.Timestamps());
                }
                case "disableConcurrentBuilds", "buildDiscarder", "skipDefaultCheckout" -> accepted.add(option.name());
                default -> sections.unknown(option, "option", KNOWN);
            }
        }
        return new Options(wrappers, accepted);
    }

    private Optional<Options.Wrapper> timeout(Directive option) {
        return sections.steps().constants(TIMEOUT, option).flatMap(values -> limit(option, values));
    }

    private Optional<Options.Wrapper> limit(Directive option, Map<String, Object> values) {
        int time = (int) values.get("time");
        if (time <= 0) {
            sections.problems().add(option.line(), "timeout: \"time\" must be above 0");
            return Optional.empty();
        }
        TimeUnit unit = (TimeUnit) values.getOrDefault("unit", TimeUnit.MINUTES);
        Duration limit = Duration.of(time, unit.toChronoUnit());
        return Optional.of(new Options.Timeout(limit, (boolean) values.getOrDefault("activity", false)));
    }

    private Optional<Options.Wrapper> retry(Directive option) {
        return sections.steps().constants(RETRY, option).map(values -> new Options.Retry((int) values.get("count")));
    }
}
