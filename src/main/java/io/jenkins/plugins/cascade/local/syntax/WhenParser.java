package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code when}. */
final class WhenParser {
    private static final Set<String> KNOWN =
            Set.of("branch", "expression", "environment", "allOf", "anyOf", "not", "triggeredBy", "changeRequest");
    private static final Signature BRANCH = new Signature(
            "branch",
            List.of(Argument.required("pattern", String.class), Argument.optional("comparator", When.Comparator.class)),
            false);
    private static final Signature ENVIRONMENT = new Signature(
            "environment",
            List.of(
                    Argument.required("name", String.class),
                    Argument.required("value", String.class),
                    Argument.optional("ignoreCase", boolean.class)),
            false);
    private static final Signature TRIGGERED_BY = new Signature(
            "triggeredBy",
            List.of(Argument.required("cause", String.class), Argument.optional("detail", String.class)),
            false);
    private static final Signature CHANGE_REQUEST =
            new Signature("changeRequest", List.of(Argument.optional("target", String.class)), false);
    private static final Set<String> ORDERING = Set.of("beforeAgent", "beforeOptions", "beforeInput");

    private final Sections sections;
    private boolean beforeOptions;

    WhenParser(Sections sections) {
        this.sections = sections;
    }

    When parse(Directive section) {
        List<Directive> conditions = new ArrayList<>();
        for (Directive directive : sections.directives(section)) {
            if (ORDERING.contains(directive.name())) {
                ordering(directive);
            } else {
                conditions.add(directive);
            }
        }
        if (conditions.isEmpty()) {
            sections.problems().add(section.line(), "Empty when closure, remove the property or add some content");
        }
        List<When.Condition> read = conditions.stream().map(this::condition).toList();
        return new When(read.size() == 1 ? read.get(0) : new When.AllOf(read), beforeOptions);
    }

    private void ordering(Directive directive) {
        Optional<Object> value = directive.positional().size() == 1
                ? Literals.constant(directive.positional().get(0)).filter(Boolean.class::isInstance)
                : Optional.empty();
        if (value.isEmpty()) {
            sections.problems().add(directive.line(), "Expected a boolean with " + directive.name());
        } else if (directive.name().equals("beforeOptions")) {
            beforeOptions = (boolean) value.get();
        }
    }

    private When.Condition condition(Directive directive) {
        return switch (directive.name()) {
            case "branch" ->
                sections.steps()
                        .constants(BRANCH, directive)
                        .<When.Condition>map(v -> new When.Branch((String) v.get("pattern"), (When.Comparator)
                                v.getOrDefault("comparator", When.Comparator.GLOB)))
                        .orElse(NEVER);
            case "environment" ->
                sections.steps()
                        .constants(ENVIRONMENT, directive)
                        .<When.Condition>map(
                                v -> new When.Environment((String) v.get("name"), (String) v.get("value"), (boolean)
                                        v.getOrDefault("ignoreCase", false)))
                        .orElse(NEVER);
            case "triggeredBy" ->
                sections.steps()
                        .constants(TRIGGERED_BY, directive)
                        .<When.Condition>map(v ->
                                new When.TriggeredBy((String) v.get("cause"), (String) v.getOrDefault("detail", "")))
                        .orElse(NEVER);
            case "changeRequest" ->
                sections.steps()
                        .constants(CHANGE_REQUEST, directive)
                        .<When.Condition>map(v -> new When.ChangeRequest((String) v.getOrDefault("target", "")))
                        .orElse(NEVER);
            case "expression" -> expression(directive);
            case "allOf" -> new When.AllOf(nested(directive));
            case "anyOf" -> new When.AnyOf(nested(directive));
            case "not" -> not(directive);
            default -> {
                sections.unknown(directive, "conditional", KNOWN);
                yield NEVER;
            }
        };
    }

    /** Stands for a condition that was refused; the pipeline does not run then. */
    private static final When.Condition NEVER = new When.AnyOf(List.of());

    private When.Condition expression(Directive directive) {
        if (directive.body().isEmpty()) {
            sections.problems().add(directive.line(), "Expected a block for expression");
            return NEVER;
        }
        sections.steps().checkCode(directive.body().get().getCode());
        return new When.Expression(sections.blocks().add(directive.body().get()));
    }

    private List<When.Condition> nested(Directive directive) {
        List<Directive> conditions = sections.directives(directive);
        if (conditions.isEmpty() && directive.body().isPresent()) {
            sections.problems().add(directive.line(), "\"" + directive.name() + "\" needs at least one condition");
        }
        return conditions.stream().map(this::condition).toList();
    }

    private When.Condition not(Directive directive) {
        List<When.Condition> conditions = nested(directive);
        if (conditions.size() > 1) {
            sections.problems().add(directive.line(), "\"not\" takes exactly one condition");
        }
        return conditions.isEmpty() ? NEVER : new When.Not(conditions.get(0));
    }
}
