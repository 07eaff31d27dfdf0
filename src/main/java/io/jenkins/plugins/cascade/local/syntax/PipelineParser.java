package io.jenkins.plugins.cascade.local.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the {@code pipeline} block. */
final class PipelineParser {
    private static final Set<String> SECTIONS =
            Set.of("agent", "options", "parameters", "triggers", "environment", "stages", "post");

    private final Sections sections;
    private final Set<String> stageNames = new HashSet<>();

    PipelineParser(Sections sections) {
        this.sections = sections;
    }

    Pipeline parse(Directive pipeline) {
        List<Directive> parts = sections.directives(pipeline);
        sections.requireOnce(parts);
        requireSection(pipeline, parts, "agent");
        requireSection(pipeline, parts, "stages");
        Agent agent = new Agent(Agent.Kind.ANY, "");
        Options options = Options.NONE;
        List<ParameterDefinition> parameters = List.of();
        List<Trigger> triggers = List.of();
        List<EnvironmentEntry> environment = List.of();
        List<Stage> stages = List.of();
        Post post = Post.NONE;
        for (Directive part : parts) {
            switch (part.name()) {
                case "agent" -> agent = sections.agent(part);
                case "options" -> options = new OptionsParser(sections).parse(part);
                case "parameters" -> parameters = new ParametersParser(sections).parse(part);
                case "triggers" -> triggers = new TriggersParser(sections).parse(part);
                case "environment" -> environment = new EnvironmentParser(sections).parse(part);
                case "stages" -> stages = new StageParser(sections, stageNames).stages(part);
                case "post" -> post = sections.post(part);
                default -> sections.unknown(part, "section", SECTIONS);
            }
        }
        return new Pipeline(agent, options, parameters, triggers, environment, stages, post);
    }

    private void requireSection(Directive pipeline, List<Directive> parts, String name) {
        if (parts.stream().noneMatch(part -> part.name().equals(name))) {
            sections.problems().add(pipeline.line(), "Missing required section \"" + name + "\"");
        }
    }
}
