package io.jenkins.plugins.cascade.local.binding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The steps and symbols that a Jenkinsfile may use. */
public final class StepCatalog {
    private final Map<String, Signature> steps = new LinkedHashMap<>();
    private final Map<String, DescribableType> bound = new LinkedHashMap<>();
    private final Consumer<Object> check;

    /**
     * A catalogue.
     *
     * @param builtIn steps of the runner itself
     * @param declared classes that declare steps and symbols
     * @param check looks at a step whose arguments are all known before the run; may throw an IllegalArgumentException
     */
    public StepCatalog(Collection<Signature> builtIn, Collection<DescribableType> declared, Consumer<Object> check) {
        this.check = check;
        builtIn.forEach(signature -> steps.put(signature.name(), signature));
        for (DescribableType type : declared) {
            bound.put(type.signature().name(), type);
            if (type.isStep()) {
                steps.put(type.signature().name(), type.signature());
            }
        }
    }

    /** The step of that name. */
    public Optional<Signature> step(String name) {
        return Optional.ofNullable(steps.get(name));
    }

    /** The class behind a step or a symbol; empty for a step of the runner itself. */
    public Optional<DescribableType> declared(String name) {
        return Optional.ofNullable(bound.get(name));
    }

    /** True if the name makes an object for a step's argument. */
    public boolean isSymbol(String name) {
        return bound.containsKey(name) && !bound.get(name).isStep();
    }

    /** The names of all steps, in alphabetical order. */
    public Set<String> stepNames() {
        return new TreeSet<>(steps.keySet());
    }

    /** Looks at a step whose arguments are all known before the run. */
    void check(Object step) {
        check.accept(step);
    }

    /** The symbols whose objects fit a type, in alphabetical order. */
    List<String> symbolsFor(Class<?> type) {
        List<String> names = new ArrayList<>();
        bound.forEach((name, candidate) -> {
            if (!candidate.isStep() && type.isAssignableFrom(candidate.type())) {
                names.add(name);
            }
        });
        names.sort(null);
        return names;
    }
}
