package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.step.Variables;
import io.jenkins.plugins.cascade.local.syntax.EnvironmentEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates {@code environment}: credentials first, then values, each seeing those before it. */
final class Environment {
    private final GroovyProgram program;

    Environment(GroovyProgram program) {
        this.program = program;
    }

    /** The context with the variables set. */
    StepContext apply(List<EnvironmentEntry> entries, StepContext context) throws Exception {
        StepContext changed = context;
        for (EnvironmentEntry entry : entries) {
            if (entry instanceof EnvironmentEntry.Credentials credentials) {
                changed = changed.withVariables(resolve(credentials, changed));
            }
        }
        for (EnvironmentEntry entry : entries) {
            if (entry instanceof EnvironmentEntry.Value value) {
                String text = String.valueOf(program.run(value.expression(), changed));
                changed = Variables.override(changed, Map.of(value.name(), text));
            }
        }
        return changed;
    }

    /**
     * Reads credentials from the environment of the machine: user name and password where {@code ID_USR} and {@code ID_PSW} are set, else
     * the secret text {@code ID}. Characters that a shell's variable cannot have are written as underscores, letters as capitals.
     */
    private static Map<String, String> resolve(EnvironmentEntry.Credentials entry, StepContext context)
            throws StepFailedException {
        Map<String, String> machine = context.build().environment();
        Map<String, String> set = new LinkedHashMap<>();
        for (String name : List.of(entry.id(), shellName(entry.id()))) {
            String user = machine.get(name + "_USR");
            String password = machine.get(name + "_PSW");
            if (user != null && password != null) {
                context.build().secrets().add(password);
                context.build().secrets().add(user + ":" + password);
                set.put(entry.name(), user + ":" + password);
                set.put(entry.name() + "_USR", user);
                set.put(entry.name() + "_PSW", password);
                return set;
            }
            if (machine.containsKey(name)) {
                context.build().secrets().add(machine.get(name));
                set.put(entry.name(), machine.get(name));
                return set;
            }
        }
        throw new StepFailedException("Could not find credentials entry with ID '" + entry.id()
                + "': a local run reads it from the environment, so set the variable " + shellName(entry.id())
                + " (line " + entry.line() + ")");
    }

    private static String shellName(String id) {
        return id.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }
}
