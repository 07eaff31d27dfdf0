package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads stages, nested ones too. */
final class StageParser {
    private static final Set<String> SECTIONS =
            Set.of("agent", "options", "environment", "when", "steps", "stages", "parallel", "failFast", "post");

    private final Sections sections;
    private final Set<String> names;

    /**
     * A reader.
     *
     * @param names the names of stages read so far, to find duplicates in the whole pipeline
     */
    StageParser(Sections sections, Set<String> names) {
        this.sections = sections;
        this.names = names;
    }

    List<Stage> stages(Directive section) {
        List<Stage> stages = new ArrayList<>();
        for (Directive directive : sections.directives(section)) {
            if (directive.name().equals("stage")) {
                stages.add(stage(directive, section.name().equals("parallel")));
            } else {
                sections.problems().add(directive.line(), "Expected a stage but got \"" + directive.name() + "\"");
            }
        }
        if (stages.isEmpty() && section.body().isPresent()) {
            sections.problems().add(section.line(), "No stages specified");
        }
        return stages;
    }

    private Stage stage(Directive directive, boolean inParallel) {
        String name = nameOf(directive);
        List<Directive> parts = sections.directives(directive);
        sections.requireOnce(parts);
        Optional<Agent> agent = Optional.empty();
        Options options = Options.NONE;
        List<EnvironmentEntry> environment = List.of();
        Optional<When> when = Optional.empty();
        List<Stage.Body> bodies = new ArrayList<>();
        boolean failFast = parts.stream().anyMatch(part -> part.name().equals("failFast") && isTrue(part));
        Post post = Post.NONE;
        for (Directive part : parts) {
            switch (part.name()) {
                case "agent" -> agent = Optional.of(sections.agent(part));
                case "options" -> options = new OptionsParser(sections).parse(part);
                case "environment" -> environment = new EnvironmentParser(sections).parse(part);
                case "when" -> when = Optional.of(new WhenParser(sections).parse(part));
                case "steps" -> bodies.add(new Stage.Steps(sections.steps(part)));
                case "stages" -> bodies.add(new Stage.Sequential(stages(part)));
                case "parallel" -> bodies.add(new Stage.Parallel(parallel(part, inParallel), failFast));
                case "failFast" -> requireParallel(part, parts);
                case "post" -> post = sections.post(part);
                default -> sections.unknown(part, "stage section", SECTIONS);
            }
        }
        Stage.Body body = onlyBody(directive, name, bodies);
        if (body instanceof Stage.Parallel && agent.isPresent()) {
            sections.problems()
                    .add(
                            directive.line(),
                            "\"agent\" is not allowed in stage \"" + name + "\" as it contains parallel stages");
        }
        return new Stage(name, directive.line(), agent, options, environment, when, body, post);
    }

    private String nameOf(Directive directive) {
        if (directive.positional().size() != 1) {
            sections.problems().add(directive.line(), "Expected a stage name but did not find any");
            return "";
        }
        Optional<String> name = Literals.text(directive.positional().get(0)).filter(text -> !text.isBlank());
        if (name.isEmpty()) {
            sections.problems().add(directive.line(), "The name of a stage must be a string that is not empty");
        } else if (!names.add(name.get())) {
            sections.problems().add(directive.line(), "Duplicate stage name: \"" + name.get() + "\"");
        }
        return name.orElse("");
    }

    private List<Stage> parallel(Directive part, boolean inParallel) {
        if (inParallel) {
            sections.problems().add(part.line(), "Parallel stages cannot contain parallel stages");
        }
        return stages(part);
    }

    private Stage.Body onlyBody(Directive directive, String name, List<Stage.Body> bodies) {
        if (bodies.size() != 1) {
            sections.problems()
                    .add(
                            directive.line(),
                            bodies.isEmpty()
                                    ? "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + name
                                            + "\""
                                    : "Only one of \"steps\", \"stages\", or \"parallel\" is allowed for stage \""
                                            + name + "\"");
            return new Stage.Sequential(List.of());
        }
        return bodies.get(0);
    }

    private void requireParallel(Directive failFast, List<Directive> parts) {
        if (parts.stream().noneMatch(part -> part.name().equals("parallel"))) {
            sections.problems().add(failFast.line(), "failFast is only for a stage with parallel stages");
        }
    }

    private boolean isTrue(Directive part) {
        Optional<Object> value = part.positional().size() == 1
                ? Literals.constant(part.positional().get(0))
                : Optional.empty();
        if (value.filter(Boolean.class::isInstance).isEmpty()) {
            sections.problems().add(part.line(), "Expected a boolean with failFast");
        }
        return value.equals(Optional.of(true));
    }
}
