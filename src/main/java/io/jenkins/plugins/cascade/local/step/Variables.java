package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.build.StepContext;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets environment variables as Jenkins' {@code EnvVars.overrideExpandingAll}: {@code $NAME} is expanded, {@code PATH+X} is prepended. */
public final class Variables {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\$|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_.]*)})");

    private Variables() {}

    /** The context with the variables set; one that is not set stands as it is written, {@code $$} is a dollar sign. */
    public static StepContext override(StepContext context, Map<String, String> overrides) {
        StepContext changed = context;
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            changed = changed.withVariables(one(changed, override.getKey(), override.getValue()));
        }
        return changed;
    }

    private static Map<String, String> one(StepContext context, String name, String value) {
        Map<String, String> set = new LinkedHashMap<>();
        String expanded = expand(context, value);
        int plus = name.indexOf('+');
        if (plus <= 0) {
            set.put(name, expanded);
        } else {
            String base = name.substring(0, plus);
            String before = context.variable(base);
            set.put(base, before == null ? expanded : expanded + File.pathSeparator + before);
        }
        return set;
    }

    private static String expand(StepContext context, String value) {
        return REFERENCE.matcher(value).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            String replacement = name == null ? "$" : context.variable(name);
            return Matcher.quoteReplacement(replacement == null ? found.group() : replacement);
        });
    }
}
