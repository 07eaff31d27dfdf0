package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.cascade.steps.CascadeConfiguration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every argument of every symbol of the plugin through form and snippet. What Pipeline can write is asked from Jenkins, so that a new symbol
 * or argument fails here until {@link FullArguments} has it.
 */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EveryArgumentTest {
    @Test
    void isKeptByFormAndSnippet(JenkinsRule jenkins) throws Exception {
        Map<String, Set<String>> kept = new TreeMap<>();
        for (Step step : FullArguments.steps()) {
            new SnippetizerTester(jenkins).assertRoundTrip(step, Snippetizer.object2Groovy(step));
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
            note(UninstantiatedDescribable.from(step), kept);
        }
        assertEquals(known(), kept);
    }

    /** Symbols and arguments that Pipeline offers. The global configuration is no part of a Jenkinsfile. */
    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz.getName().startsWith("io.jenkins.plugins.cascade.")
                    && !(descriptor instanceof CascadeConfiguration)) {
                Set<String> symbols = SymbolLookup.getSymbolValue(descriptor);
                assertEquals(1, symbols.size(), descriptor.clazz + " has the symbols " + symbols);
                Set<String> arguments = known.computeIfAbsent(symbols.iterator().next(), symbol -> new TreeSet<>());
                DescribableModel.of(descriptor.clazz).getParameters().stream()
                        .map(DescribableParameter::getName)
                        .forEach(arguments::add);
            }
        }
        assertTrue(known.size() > 10, known.toString());
        return known;
    }

    private static void note(UninstantiatedDescribable described, Map<String, Set<String>> kept) {
        Set<String> arguments = kept.computeIfAbsent(described.getSymbol(), symbol -> new TreeSet<>());
        for (Map.Entry<String, ?> argument : described.getArguments().entrySet()) {
            arguments.add(argument.getKey());
            for (Object value : argument.getValue() instanceof Collection<?> all ? all : List.of(argument.getValue())) {
                if (value instanceof UninstantiatedDescribable nested) {
                    note(nested, kept);
                }
            }
        }
    }
}
