package io.jenkins.plugins.cascade.local.binding;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a Groovy value a value of a declared type, where Jenkins' DescribableModel would. */
final class Coercion {
    private final StepCatalog catalog;
    private final StepBinder binder;
    private final boolean readTexts;

    /** @param readTexts true to read a number or a boolean from a text */
    Coercion(StepCatalog catalog, StepBinder binder, boolean readTexts) {
        this.catalog = catalog;
        this.binder = binder;
        this.readTexts = readTexts;
    }

    /** The value, or {@link Unknown#VALUE} if the run alone tells it. */
    Object coerce(Object value, Type type, Signature signature, Argument argument) throws BindingException {
        Site site = new Site(signature, argument);
        return coerce(value, type, site);
    }

    private Object coerce(Object value, Type type, Site site) throws BindingException {
        Class<?> raw = erased(type);
        if (value == Unknown.VALUE) {
            return Unknown.VALUE;
        }
        if (value == null) {
            if (raw.isPrimitive()) {
                throw site.mismatch(raw, null);
            }
            return null;
        }
        if (value == Unknown.TEXT && (raw.isAssignableFrom(String.class) || raw.isEnum() || Texts.holds(raw))) {
            return Unknown.VALUE;
        }
        if (value instanceof Unknown) {
            throw site.mismatch(raw, value);
        }
        if (value instanceof Symbol symbol) {
            return make(symbol, raw, site);
        }
        if (raw == Object.class) {
            return anything(value, site);
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return coerceAll(value, type, raw, site);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return coerceMap(value, type, site);
        }
        return scalar(value, raw, site);
    }

    /** Where anything may stand, only Groovy's own strings are replaced, in lists and maps too. */
    private Object anything(Object value, Site site) throws BindingException {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof Collection<?>) {
            return coerceAll(value, List.class, List.class, site);
        }
        return value instanceof Map<?, ?> ? coerceMap(value, Map.class, site) : value;
    }

    private Object scalar(Object value, Class<?> raw, Site site) throws BindingException {
        if (value instanceof CharSequence text && raw.isAssignableFrom(String.class)) {
            return text.toString();
        }
        if (value instanceof CharSequence text && raw.isEnum()) {
            return constant(raw, text.toString(), site);
        }
        if (value instanceof Number number) {
            Optional<Object> fitting = Numbers.fit(number, raw);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        if (raw == boolean.class && value instanceof Boolean || raw.isInstance(value)) {
            return value;
        }
        if (readTexts && value instanceof CharSequence text) {
            return Texts.read(text.toString(), raw).orElseThrow(() -> site.mismatch(raw, value));
        }
        throw site.mismatch(raw, value);
    }

    private static Object constant(Class<?> type, String name, Site site) throws BindingException {
        return Arrays.stream(type.getEnumConstants())
                .filter(candidate -> ((Enum<?>) candidate).name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> site.refusal("\"" + name + "\" is none of " + Arrays.toString(type.getEnumConstants())));
    }

    private Object coerceAll(Object value, Type type, Class<?> raw, Site site) throws BindingException {
        if (!(value instanceof Collection<?> given)) {
            throw site.mismatch(raw, value);
        }
        Type elementType = elementType(type, raw);
        List<Object> values = new ArrayList<>();
        boolean known = true;
        for (Object element : given) {
            Object coerced = coerce(element, elementType, site);
            known &= coerced != Unknown.VALUE;
            values.add(coerced);
        }
        if (!known) {
            return Unknown.VALUE;
        }
        if (raw.isArray()) {
            return arrayOf(values, raw.getComponentType());
        }
        return Set.class.isAssignableFrom(raw) ? new LinkedHashSet<>(values) : values;
    }

    private Object coerceMap(Object value, Type type, Site site) throws BindingException {
        if (!(value instanceof Map<?, ?> given)) {
            throw site.mismatch(Map.class, value);
        }
        Type[] types = type instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()
                : new Type[] {Object.class, Object.class};
        Map<Object, Object> values = new LinkedHashMap<>();
        boolean known = true;
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            Object coerced = coerce(entry.getValue(), types[1], site);
            known &= coerced != Unknown.VALUE;
            values.put(coerce(entry.getKey(), types[0], site), coerced);
        }
        return known ? values : Unknown.VALUE;
    }

    private Object make(Symbol symbol, Class<?> raw, Site site) throws BindingException {
        Optional<DescribableType> declared =
                catalog.declared(symbol.name()).filter(type -> raw.isAssignableFrom(type.type()));
        if (declared.isEmpty()) {
            List<String> fitting = catalog.symbolsFor(raw);
            if (fitting.isEmpty()) {
                throw site.mismatch(raw, symbol);
            }
            throw site.refusal("expecting one of " + fitting + " but got \"" + symbol.name() + "\"");
        }
        return binder.bind(declared.get(), symbol.positional(), symbol.named());
    }

    private static Object arrayOf(List<Object> values, Class<?> component) {
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private static Type elementType(Type type, Class<?> raw) {
        if (raw.isArray()) {
            return type instanceof GenericArrayType array ? array.getGenericComponentType() : raw.getComponentType();
        }
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private static Class<?> erased(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        return Object.class;
    }

    /** Where a value stands, for messages. */
    private record Site(Signature signature, Argument argument) {
        BindingException mismatch(Class<?> expected, Object value) {
            return new BindingException(signature.name() + ": Expecting \"" + expected.getSimpleName()
                    + "\" for parameter \"" + argument.name() + "\" but got " + shown(value) + " instead");
        }

        BindingException refusal(String message) {
            return new BindingException(signature.name() + ": parameter \"" + argument.name() + "\": " + message);
        }

        private static String shown(Object value) {
            if (value == null) {
                return "null";
            }
            if (value instanceof Unknown unknown) {
                return unknown == Unknown.CLOSURE ? "a block" : "a string";
            }
            if (value instanceof Symbol) {
                return "\"" + value + "\"";
            }
            return "\"" + value + "\" of type " + value.getClass().getSimpleName();
        }
    }
}
