package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code parameters}. */
final class ParametersParser {
    private static final Signature STRING = new Signature(
            "string",
            List.of(
                    Argument.required("name", String.class),
                    Argument.optional("defaultValue", String.class),
                    Argument.optional("description", String.class),
                    Argument.optional("trim", boolean.class)),
            false);
    private static final Signature BOOLEAN = new Signature(
            "booleanParam",
            List.of(
                    Argument.required("name", String.class),
                    Argument.optional("defaultValue", boolean.class),
                    Argument.optional("description", String.class)),
            false);
    private static final Signature CHOICE = new Signature(
            "choice",
            List.of(
                    Argument.required("name", String.class),
                    Argument.required("choices", Object.class),
                    Argument.optional("description", String.class)),
            false);
    private static final Set<String> KNOWN = Set.of("string", "booleanParam", "choice");

    private final Sections sections;
    private final List<ParameterDefinition> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    ParametersParser(Sections sections) {
        this.sections = sections;
    }

    List<ParameterDefinition> parse(Directive section) {
        for (Directive parameter : sections.directives(section)) {
            switch (parameter.name()) {
                case "string" ->
                    sections.steps()
                            .constants(STRING, parameter)
                            .ifPresent(v -> add(
                                    parameter,
                                    new ParameterDefinition.Text(
                                            text(v, "name"), text(v, "defaultValue"), text(v, "description"))));
                case "booleanParam" ->
                    sections.steps()
                            .constants(BOOLEAN, parameter)
                            .ifPresent(v -> add(
                                    parameter,
                                    new ParameterDefinition.Flag(
                                            text(v, "name"),
                                            (boolean) v.getOrDefault("defaultValue", false),
                                            text(v, "description"))));
                case "choice" -> sections.steps().constants(CHOICE, parameter).ifPresent(v -> choice(parameter, v));
                default -> sections.unknown(parameter, "parameter type", KNOWN);
            }
        }
        return found;
    }

    private void choice(Directive parameter, Map<String, Object> values) {
        List<String> choices = new ArrayList<>();
        if (values.get("choices") instanceof List<?> list) {
            list.forEach(choice -> choices.add(String.valueOf(choice)));
        } else {
            String.valueOf(values.get("choices")).lines().forEach(choices::add);
        }
        if (choices.isEmpty()) {
            sections.problems().add(parameter.line(), "choice: \"choices\" can not be empty");
            return;
        }
        add(parameter, new ParameterDefinition.Choice(text(values, "name"), choices, text(values, "description")));
    }

    private void add(Directive parameter, ParameterDefinition definition) {
        if (!names.add(definition.name())) {
            sections.problems().add(parameter.line(), "Duplicate parameter name: \"" + definition.name() + "\"");
        }
        found.add(definition);
    }

    private static String text(Map<String, Object> values, String name) {
        return String.valueOf(values.getOrDefault(name, ""));
    }
}
