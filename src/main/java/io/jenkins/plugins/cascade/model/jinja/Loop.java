package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code for}: every turn has variables of its own.
 *
 * @param names what an item is called, or its parts
 * @param list what it goes over
 * @param filter which items; null for all
 * @param body a turn
 * @param otherwise what is rendered where there is no item
 */
record Loop(List<String> names, Expression list, Expression filter, Statement body, Statement otherwise)
        implements Statement {
    @Override
    public void render(Scope scope, StringBuilder out) {
        List<Object> items = items(scope);
        if (items.isEmpty()) {
            otherwise.render(scope.inner(), out);
        }
        for (int i = 0; i < items.size(); i++) {
            scope.step();
            Scope turn = scope.inner();
            turn.set("loop", state(items, i));
            assign(turn, names, items.get(i));
            try {
                body.render(turn, out);
            } catch (Jump jump) {
                if (jump == Jump.BREAK) {
                    return;
                }
            }
        }
    }

    private List<Object> items(Scope scope) {
        List<Object> all = Values.items(list.evaluate(scope));
        if (filter == null) {
            return all;
        }
        List<Object> kept = new ArrayList<>();
        for (Object item : all) {
            Scope inner = scope.inner();
            assign(inner, names, item);
            if (Values.isTrue(filter.evaluate(inner))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Access.Namespace state(List<Object> items, int at) {
        int size = items.size();
        Map<String, Object> state = new HashMap<>();
        state.put("index", at + 1L);
        state.put("index0", (long) at);
        state.put("revindex", (long) (size - at));
        state.put("revindex0", size - at - 1L);
        state.put("first", at == 0);
        state.put("last", at == size - 1);
        state.put("length", (long) size);
        state.put("previtem", at == 0 ? new Undefined("loop.previtem") : items.get(at - 1));
        state.put("nextitem", at == size - 1 ? new Undefined("loop.nextitem") : items.get(at + 1));
        state.put("cycle", (Callable) (arguments, named) -> arguments.get(at % arguments.size()));
        for (String unknown : List.of("changed", "depth", "depth0")) {
            state.put(unknown, new Undefined("loop." + unknown + " (not supported)"));
        }
        return new Access.Namespace(state);
    }

    /** Gives a value a name, or its parts their names. */
    static void assign(Scope scope, List<String> names, Object value) {
        if (names.size() == 1) {
            scope.set(names.get(0), value);
            return;
        }
        List<Object> parts = Values.items(value);
        if (parts.size() != names.size()) {
            throw new JinjaException(names.size() + " names are given " + parts.size() + " values");
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }
}
