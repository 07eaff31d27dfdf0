package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.expr.Expression;

/** Reads {@code triggers}. */
final class TriggersParser {
    private static final Set<String> KNOWN = Set.of("cron", "pollSCM", "upstream");

    private final Sections sections;

    TriggersParser(Sections sections) {
        this.sections = sections;
    }

    List<Trigger> parse(Directive section) {
        List<Trigger> triggers = new ArrayList<>();
        for (Directive trigger : sections.directives(section)) {
            if (KNOWN.contains(trigger.name())) {
                triggers.add(new Trigger(trigger.name(), arguments(trigger)));
            } else {
                sections.unknown(trigger, "trigger", KNOWN);
            }
        }
        return triggers;
    }

    private static String arguments(Directive trigger) {
        return Stream.concat(
                        trigger.positional().stream().map(Expression::getText),
                        trigger.named().entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + ": " + entry.getValue().getText()))
                .collect(Collectors.joining(", "));
    }
}
