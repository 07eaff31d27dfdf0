package io.jenkins.plugins.cascade.local.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the arguments in a Jenkinsfile into what a step declares. */
public final class StepBinder {
    private final StepCatalog catalog;
    private final Coercion coercion;

    private StepBinder(StepCatalog catalog, boolean readTexts) {
        this.catalog = catalog;
        this.coercion = new Coercion(catalog, this, readTexts);
    }

    /** A binder for what stands in the Jenkinsfile: there, a text for a number is refused. */
    public static StepBinder forSource(StepCatalog catalog) {
        return new StepBinder(catalog, false);
    }

    /**
     * A binder for the values of a run: a text for a number or a boolean is read, as Jenkins does it, so that
     * {@code seed: params.SEED} works.
     */
    public static StepBinder forRun(StepCatalog catalog) {
        return new StepBinder(catalog, true);
    }

    /**
     * The arguments by name, each of its declared type; those left out are absent.
     *
     * @throws BindingException naming step and argument, if one is unknown, missing or of another type
     */
    public Map<String, Object> arguments(Signature signature, List<Object> positional, Map<String, Object> named)
            throws BindingException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> given :
                signature.naming(positional, named).entrySet()) {
            Argument argument = signature.find(given.getKey()).orElseThrow();
            values.put(argument.name(), coercion.coerce(given.getValue(), argument.type(), signature, argument));
        }
        return values;
    }

    /**
     * Makes the object that a class declares.
     *
     * @return the object, or {@link Unknown#VALUE} if an argument is not known before the run
     * @throws BindingException naming step and argument, if an argument does not fit, or with the class's own sentence
     */
    public Object bind(DescribableType type, List<Object> positional, Map<String, Object> named)
            throws BindingException {
        Map<String, Object> values = arguments(type.signature(), positional, named);
        return values.values().stream().anyMatch(Unknown.class::isInstance) ? Unknown.VALUE : type.instantiate(values);
    }

    /**
     * Checks a call before the run, as far as its arguments are known then.
     *
     * @throws BindingException as {@link #bind}
     */
    public void check(Signature signature, List<Object> positional, Map<String, Object> named) throws BindingException {
        Optional<DescribableType> declared = catalog.declared(signature.name());
        if (declared.isEmpty()) {
            arguments(signature, positional, named);
            return;
        }
        Object made = bind(declared.get(), positional, named);
        try {
            if (made != Unknown.VALUE) {
                catalog.check(made);
            }
        } catch (IllegalArgumentException e) {
            throw new BindingException(signature.name() + ": " + e.getMessage(), e);
        }
    }
}
