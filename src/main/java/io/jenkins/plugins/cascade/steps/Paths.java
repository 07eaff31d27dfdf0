package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An argument that is a path or a list of paths; in a form, one path a line. */
final class Paths {
    private Paths() {}

    /**
     * The argument as it can be kept: a text, or a list of texts of its own. Several lines are a list.
     *
     * @throws IllegalArgumentException when it is neither, or empty
     */
    static Object checked(String argument, Object value) {
        if (value instanceof CharSequence text) {
            return ofLines(argument, text.toString());
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<String> paths = new ArrayList<>();
            for (Object entry : list) {
                if (!(entry instanceof CharSequence text)) {
                    throw notPaths(argument, entry);
                }
                paths.add(Range.notBlank(argument, text.toString()));
            }
            return paths;
        }
        throw notPaths(argument, value);
    }

    /** Like {@link #checked}, but nothing, as a form sends it, is null. */
    static Object optional(String argument, Object value) {
        boolean nothing = value == null || value instanceof CharSequence text && Given.text(text.toString()) == null;
        return nothing ? null : checked(argument, value);
    }

    /** The argument as a form shows it, one path a line. */
    static String lines(Object value) {
        if (value == null) {
            return "";
        }
        List<?> paths = value instanceof List<?> list ? list : List.of(value);
        return paths.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** The files of an argument that went through {@link #checked}; none where it was not given. */
    static List<DataRequest> files(DataRole role, Object value) {
        if (value == null) {
            return List.of();
        }
        List<?> paths = value instanceof List<?> list ? list : List.of(value);
        return paths.stream()
                .map(path -> new DataRequest(role, path.toString()))
                .toList();
    }

    /** The files of two roles, one list after the other. */
    static List<DataRequest> files(DataRole first, Object firstValue, DataRole second, Object secondValue) {
        return Stream.concat(files(first, firstValue).stream(), files(second, secondValue).stream())
                .toList();
    }

    private static Object ofLines(String argument, String text) {
        List<String> paths =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (paths.isEmpty()) {
            throw new RefusedArgumentException("blank", argument);
        }
        return paths.size() == 1 ? paths.get(0) : new ArrayList<>(paths);
    }

    private static IllegalArgumentException notPaths(String argument, Object value) {
        return value == null
                ? new RefusedArgumentException("noPaths", argument)
                : new RefusedArgumentException("notPaths", argument, value);
    }
}
