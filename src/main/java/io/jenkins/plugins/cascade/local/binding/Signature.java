package io.jenkins.plugins.cascade.local.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a step or a symbol is called.
 *
 * @param name its name in a Jenkinsfile
 * @param arguments what it accepts
 * @param takesBody true if a block follows, as with {@code dir}
 */
public record Signature(String name, List<Argument> arguments, boolean takesBody) {
    public Signature {
        arguments = List.copyOf(arguments);
    }

    /** The argument that may stand without its name: the only required one, or the only one. */
    public Optional<Argument> sole() {
        List<Argument> required = arguments.stream().filter(Argument::required).toList();
        if (required.size() == 1) {
            return Optional.of(required.get(0));
        }
        return arguments.size() == 1 ? Optional.of(arguments.get(0)) : Optional.empty();
    }

    /**
     * Gives every argument its name.
     *
     * @throws BindingException if one is unknown, missing, or cannot stand without its name
     */
    public Map<String, Object> naming(List<Object> positional, Map<String, Object> named) throws BindingException {
        Map<String, Object> all = new LinkedHashMap<>(named);
        if (!positional.isEmpty()) {
            if (!named.isEmpty()) {
                throw new BindingException(name + ": Cannot mix named and unnamed arguments");
            }
            Argument sole = sole().filter(argument -> positional.size() == 1)
                    .orElseThrow(() -> new BindingException(
                            "Arguments to \"" + name + "\" must be explicitly named. Its parameters are " + names()));
            all.put(sole.name(), positional.get(0));
        }
        for (String given : all.keySet()) {
            if (find(given).isEmpty()) {
                throw new BindingException(name + ": Invalid parameter \"" + given + "\", " + suggestion(given));
            }
        }
        for (Argument argument : arguments) {
            if (argument.required() && !all.containsKey(argument.name())) {
                throw new BindingException(name + ": Missing required parameter: \"" + argument.name() + "\"");
            }
        }
        return all;
    }

    /** The argument of that name. */
    public Optional<Argument> find(String argument) {
        return arguments.stream()
                .filter(candidate -> candidate.name().equals(argument))
                .findFirst();
    }

    private String suggestion(String given) {
        if (arguments.isEmpty()) {
            return "it takes no parameters";
        }
        return Spelling.nearest(given, names())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("its parameters are " + names());
    }

    private List<String> names() {
        return arguments.stream().map(Argument::name).sorted().toList();
    }
}
