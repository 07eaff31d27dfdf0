package io.jenkins.plugins.cascade.local.binding;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A class whose arguments are declared with {@code @DataBoundConstructor} and {@code @DataBoundSetter}. */
public final class DescribableType {
    private static final String CONSTRUCTOR = "org.kohsuke.stapler.DataBoundConstructor";
    private static final String SETTER = "org.kohsuke.stapler.DataBoundSetter";

    private final Class<?> type;
    private final boolean step;
    private final Signature signature;
    private final Constructor<?> constructor;
    private final Map<String, Setter> setters;

    private DescribableType(Class<?> type, String symbol, boolean step) {
        this.type = type;
        this.step = step;
        this.constructor = boundConstructor(type);
        this.setters = boundSetters(type);
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            arguments.add(Argument.required(parameter.getName(), parameter.getParameterizedType()));
        }
        setters.forEach((name, setter) -> arguments.add(Argument.optional(name, setter.type())));
        this.signature = new Signature(symbol, arguments, false);
    }

    /**
     * Reads a class.
     *
     * @param symbol its name in a Jenkinsfile
     * @param step true if it is a step, false if it is an argument of steps
     * @throws IllegalArgumentException if it has no {@code @DataBoundConstructor}
     */
    public static DescribableType of(Class<?> type, String symbol, boolean step) {
        return new DescribableType(type, symbol, step);
    }

    /** How it is called. */
    public Signature signature() {
        return signature;
    }

    /** True if it is a step. */
    public boolean isStep() {
        return step;
    }

    /** The class. */
    public Class<?> type() {
        return type;
    }

    /**
     * Makes the object; a setter is called only for an argument that is present.
     *
     * @param arguments every value already of the declared type
     * @throws BindingException with the class's own sentence where it refuses a value
     */
    Object instantiate(Map<String, Object> arguments) throws BindingException {
        try {
            Object[] values = Arrays.stream(constructor.getParameters())
                    .map(parameter -> arguments.get(parameter.getName()))
                    .toArray();
            Object made = constructor.newInstance(values);
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (setters.containsKey(argument.getKey())) {
                    setters.get(argument.getKey()).set(made, argument.getValue());
                }
            }
            return made;
        } catch (InvocationTargetException e) {
            throw refusal(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BindingException(signature.name() + " cannot be made: " + e, e);
        }
    }

    private BindingException refusal(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new BindingException(signature.name() + ": " + message, cause);
    }

    private static Constructor<?> boundConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(candidate -> isAnnotated(candidate.getAnnotations(), CONSTRUCTOR))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(type.getName() + " has no public @DataBoundConstructor"));
    }

    private static Map<String, Setter> boundSetters(Class<?> type) {
        Map<String, Setter> found = new LinkedHashMap<>();
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 1
                    && method.getName().startsWith("set")
                    && isAnnotated(method.getAnnotations(), SETTER)) {
                found.put(propertyOf(method), new Setter(method.getGenericParameterTypes()[0], method::invoke));
            }
        }
        for (Field field : type.getFields()) {
            if (!Modifier.isFinal(field.getModifiers()) && isAnnotated(field.getAnnotations(), SETTER)) {
                found.put(field.getName(), new Setter(field.getGenericType(), (target, values) -> {
                    field.set(target, values[0]);
                    return target;
                }));
            }
        }
        return found;
    }

    private static String propertyOf(Method setter) {
        String name = setter.getName().substring("set".length());
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static boolean isAnnotated(Annotation[] annotations, String name) {
        return Arrays.stream(annotations)
                .anyMatch(annotation -> annotation.annotationType().getName().equals(name));
    }

    private record Setter(java.lang.reflect.Type type, Call call) {
        void set(Object target, Object value) throws ReflectiveOperationException {
            call.invoke(target, new Object[] {value});
        }
    }

    /** Sets one property by reflection. */
    private interface Call {
        Object invoke(Object target, Object... values) throws ReflectiveOperationException;
    }
}
