package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chat template, rendered as transformers' {@code apply_chat_template} does: Jinja with {@code trim_blocks}, {@code lstrip_blocks} and loop
 * controls, {@code raise_exception}, {@code tojson} with JSON as Python writes it, and {@code generation} blocks as plain text. What a
 * conversation says is data and never read as a template. {@code strftime_now} is not defined: prompts must not change from day to day.
 */
public final class JinjaTemplate {
    private static final long LONGEST_RANGE = 100_000;

    private final Statement template;

    private JinjaTemplate(Statement template) {
        this.template = template;
    }

    /**
     * Reads a template.
     *
     * @throws JinjaException if it is no template, or uses a tag, filter or test that is not known
     */
    public static JinjaTemplate parse(String source) {
        return new JinjaTemplate(new Parser(new Lexer(source).tokens()).template());
    }

    /**
     * Renders it.
     *
     * @param variables strings, whole numbers as {@link Long}, {@link Double}, {@link Boolean}, null, lists and maps of these
     * @throws JinjaException if the template fails, or refuses what it is given
     */
    public String render(Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>();
        all.put("namespace", (Callable) (arguments, named) -> new Access.Namespace(entries(arguments, named)));
        all.put("dict", (Callable) (arguments, named) -> new LinkedHashMap<>(entries(arguments, named)));
        all.put("range", (Callable) (arguments, named) -> range(arguments));
        all.put("raise_exception", (Callable) (arguments, named) -> {
            throw new JinjaException(arguments.isEmpty() ? "" : Values.text(arguments.get(0)), true);
        });
        all.putAll(variables);
        StringBuilder out = new StringBuilder();
        try {
            template.render(new Scope(all), out);
        } catch (Statement.Jump e) {
            throw new JinjaException("break or continue stands outside a loop");
        }
        return out.toString();
    }

    private static Map<String, Object> entries(List<Object> arguments, Map<String, Object> named) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Object argument : arguments) {
            if (!(argument instanceof Map<?, ?> map)) {
                throw new JinjaException("a mapping is expected, not " + Values.typeName(argument));
            }
            map.forEach((key, value) -> entries.put(Values.text(key), value));
        }
        entries.putAll(named);
        return entries;
    }

    private static List<Object> range(List<Object> arguments) {
        long[] bounds = new long[arguments.size()];
        for (int i = 0; i < bounds.length; i++) {
            if (!(arguments.get(i) instanceof Long bound)) {
                throw new JinjaException("range() takes whole numbers");
            }
            bounds[i] = bound;
        }
        long start = bounds.length > 1 ? bounds[0] : 0;
        long stop = bounds.length == 0 ? 0 : bounds[bounds.length > 1 ? 1 : 0];
        long step = bounds.length > 2 ? bounds[2] : 1;
        if (step == 0
                || bounds.length == 0
                || bounds.length > 3
                || Math.abs(stop - start) / Math.abs(step) > LONGEST_RANGE) {
            throw new JinjaException("range() has other arguments than are supported");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            numbers.add(i);
        }
        return numbers;
    }
}
