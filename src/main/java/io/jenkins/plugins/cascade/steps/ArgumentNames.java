package io.jenkins.plugins.cascade.steps;

import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Refuses arguments that a step does not have. Declarative Pipeline does so itself; scripted Pipeline only warns and then trains for hours
 * without the argument that was meant.
 */
final class ArgumentNames {
    /** Pipeline's own keys, such as the one of an argument without a name. */
    private static final String OWN_KEYS = "[<$].*";

    private ArgumentNames() {}

    /**
     * Checks names.
     *
     * @param called what the Jenkinsfile calls, for the message
     * @param type the class that Jenkins makes of the arguments
     * @throws IllegalArgumentException for a name that is none of its arguments; the message offers the nearest that is one
     */
    static void check(String called, Class<?> type, Collection<String> given) {
        TreeSet<String> known = of(type);
        for (String name : given) {
            if (!known.contains(name) && !name.matches(OWN_KEYS)) {
                throw new IllegalArgumentException(called + " has no argument '" + name + "'"
                        + nearest(name, known)
                                .map(meant -> "; did you mean '" + meant + "'?")
                                .orElse("; it has " + String.join(", ", known)));
            }
        }
    }

    /** Names of the arguments that Jenkins binds: those of the constructor and of the setters. */
    static TreeSet<String> of(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                Arrays.stream(constructor.getParameters())
                        .map(Parameter::getName)
                        .forEach(names::add);
            }
        }
        Stream.of(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(setter -> Introspector.decapitalize(setter.substring("set".length())))
                .forEach(names::add);
        return names;
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Letters to change, add or take away (Levenshtein), letter case ignored. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
