package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.ArrayList;
import java.util.List;

/** An argument that is a path or a list of paths. */
final class Paths {
    private Paths() {}

    /**
     * The argument as it can be kept: a text, or a list of texts of its own.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Object checked(String argument, Object value) {
        if (value instanceof CharSequence text) {
            return Range.notBlank(argument, text.toString());
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

    private static IllegalArgumentException notPaths(String argument, Object value) {
        return new IllegalArgumentException(argument + " must be a path or a list of paths, but is "
                + (value == null ? "missing" : "'" + value + "'"));
    }
}
