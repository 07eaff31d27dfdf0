package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.stage.BaselineReference;
import io.jenkins.plugins.cascade.stage.StageRequest;
import java.util.List;

/** The argument {@code baselines}: one reference or a list of them; in a form, one a line. */
final class BaselineList {
    private static final String NAME = "baselines";

    private BaselineList() {}

    /**
     * The argument as it can be kept; nothing, as a form sends it, is null.
     *
     * @throws IllegalArgumentException when it names something that is no baseline, or too many
     */
    static Object checked(Object value) {
        Object kept = Paths.optional(NAME, value);
        List<String> references = references(kept);
        if (references != null) {
            references.forEach(BaselineList::check);
            Range.between(NAME, 1, StageRequest.MOST_BASELINES, references.size());
        }
        return kept;
    }

    private static void check(String reference) {
        try {
            BaselineReference.parse(reference);
        } catch (IllegalArgumentException e) {
            throw new RefusedArgumentException("noBaseline", reference);
        }
    }

    /** The references of an argument that went through {@link #checked}; null where it was not given. */
    static List<String> references(Object value) {
        if (value == null) {
            return null;
        }
        List<?> list = value instanceof List<?> several ? several : List.of(value);
        return list.stream().map(Object::toString).toList();
    }
}
