package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;

/**
 * The whole {@code pipeline} block.
 *
 * @param agent where it runs; here always this machine
 * @param options what wraps the stages
 * @param parameters in the order of the text
 * @param triggers named only; nothing is scheduled here
 * @param environment in the order of evaluation
 * @param stages at least one
 * @param post conditions after the stages
 */
public record Pipeline(
        Agent agent,
        Options options,
        List<ParameterDefinition> parameters,
        List<Trigger> triggers,
        List<EnvironmentEntry> environment,
        List<Stage> stages,
        Post post) {
    public Pipeline {
        parameters = List.copyOf(parameters);
        triggers = List.copyOf(triggers);
        environment = List.copyOf(environment);
        stages = List.copyOf(stages);
    }
}
