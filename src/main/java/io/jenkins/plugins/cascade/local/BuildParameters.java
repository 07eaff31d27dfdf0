package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.binding.Spelling;
import io.jenkins.plugins.cascade.local.syntax.ParameterDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives every declared parameter its value: as given, else of the build that is resumed, else the default. */
final class BuildParameters {
    private BuildParameters() {}

    /**
     * The typed values in the order of the declaration.
     *
     * @param given on the command line
     * @param resumed of the build that is resumed; empty otherwise
     * @throws ParametersException if a given one is not declared or has no such value
     */
    static Map<String, Object> resolve(
            List<ParameterDefinition> declared, Map<String, String> given, Map<String, Object> resumed)
            throws ParametersException {
        List<String> names = declared.stream().map(ParameterDefinition::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw new ParametersException("The Jenkinsfile has no parameter \"" + name + "\""
                        + Spelling.nearest(name, names)
                                .map(near -> ", did you mean \"" + near + "\"?")
                                .orElse("; it has " + names));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (ParameterDefinition parameter : declared) {
            String name = parameter.name();
            Object earlier = resumed.get(name);
            String text = given.containsKey(name) ? given.get(name) : earlier == null ? null : earlier.toString();
            values.put(name, text == null ? defaultOf(parameter) : parse(parameter, text));
        }
        return values;
    }

    private static Object defaultOf(ParameterDefinition parameter) {
        if (parameter instanceof ParameterDefinition.Flag flag) {
            return flag.defaultValue();
        }
        return parameter instanceof ParameterDefinition.Choice choice
                ? choice.choices().get(0)
                : ((ParameterDefinition.Text) parameter).defaultValue();
    }

    private static Object parse(ParameterDefinition parameter, String text) throws ParametersException {
        if (parameter instanceof ParameterDefinition.Flag) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new ParametersException(
                        "The parameter \"" + parameter.name() + "\" is true or false, not \"" + text + "\"");
            }
            return Boolean.valueOf(text);
        }
        if (parameter instanceof ParameterDefinition.Choice choice
                && !choice.choices().contains(text)) {
            throw new ParametersException("The parameter \"" + parameter.name() + "\" is one of " + choice.choices()
                    + ", not \"" + text + "\"");
        }
        return text;
    }
}
