package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every argument has a field and help in both languages, and nothing else has. */
class FormFilesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/cascade/steps");
    private static final Pattern KEY = Pattern.compile("\\$\\{%([^}(]+)");

    static List<Form> forms() {
        return Form.all();
    }

    static List<Path> views() throws IOException {
        return files(".jelly");
    }

    static List<Path> helps() throws IOException {
        return files(".html");
    }

    static List<Path> bundles() throws IOException {
        return files(".properties").stream()
                .filter(file -> !file.toString().endsWith("_de.properties"))
                .toList();
    }

    @Test
    void findsTheStepsAndTheirArguments() {
        List<Class<?>> types = forms().stream().<Class<?>>map(Form::type).toList();
        assertTrue(
                types.containsAll(List.of(CascadeSftStep.class, CascadeGateStep.class, GateArgument.class)),
                "" + types);
        assertTrue(new Form(CascadeSftStep.class).properties().keySet().containsAll(List.of("data", "steps", "seed")));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyArgumentHasAFieldAndEveryFieldAnArgument(Form form) {
        assertEquals(form.properties().keySet(), form.fields().keySet());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyArgumentHasHelpInBothLanguages(Form form) {
        Set<String> missing = new TreeSet<>();
        for (String property : form.properties().keySet()) {
            for (String name : List.of("help-" + property + ".html", "help-" + property + "_de.html")) {
                if (form.resource(name).isEmpty()) {
                    missing.add(name);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatAJenkinsfileCallsHasHelpInBothLanguages(Form form) {
        boolean global = Descriptor.class.isAssignableFrom(form.type());
        assertTrue(global || form.resource("help.html").isPresent());
        assertTrue(global || form.resource("help_de.html").isPresent());
    }

    @ParameterizedTest
    @MethodSource("helps")
    void helpBelongsToAnArgumentAndIsPlainMarkupInTwoLanguages(Path help) throws Exception {
        Class<?> owner = Class.forName(
                Form.class.getPackageName() + "." + help.getParent().getFileName());
        String file = help.getFileName().toString();
        String stem = file.replace("_de.html", "").replace(".html", "");
        if (!stem.equals("help")) {
            String property = stem.substring("help-".length());
            assertTrue(
                    forms().stream()
                            .anyMatch(form -> owner.isAssignableFrom(form.type())
                                    && form.properties().containsKey(property)),
                    property + " is no argument of " + owner.getSimpleName());
        }
        assertEquals("div", Form.parse(help.toUri().toURL()).getLocalName());
        String text = Files.readString(help);
        assertFalse(text.matches("(?s).*(<script|<style|<img|\\son\\w+=|javascript:).*"), file);
        Path other = help.resolveSibling(file.endsWith("_de.html") ? stem + ".html" : stem + "_de.html");
        assertNotEquals(text, Files.readString(other));
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewsEscapeByDefaultAndTheirTextsExistInBothLanguages(Path view) throws Exception {
        String text = Files.readString(view);
        assertTrue(text.startsWith("<?jelly escape-by-default='true'?>"), view.toString());
        Form.parse(view.toUri().toURL());
        Set<String> used = new TreeSet<>();
        Matcher keys = KEY.matcher(text);
        while (keys.find()) {
            used.add(keys.group(1));
        }
        Path bundle = view.resolveSibling(view.getFileName().toString().replace(".jelly", ".properties"));
        assertEquals(used, used.isEmpty() ? Set.of() : load(bundle).stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bundlesHaveTheSameKeysInBothLanguagesAndAreAscii(Path bundle) throws Exception {
        Path german = bundle.resolveSibling(bundle.getFileName().toString().replace(".properties", "_de.properties"));
        assertEquals(load(bundle).keySet(), load(german).keySet());
        for (Path file : List.of(bundle, german)) {
            // Jelly bundles were read as ISO 8859-1 for many versions.
            assertTrue(Files.readString(file).chars().allMatch(c -> c < 128), file + " is not ASCII");
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void textsOfViewsHoldNothingThatMessageFormatWouldEat(Path bundle) throws Exception {
        if (bundle.getParent().equals(RESOURCES)) {
            return;
        }
        for (Object value : load(bundle).values()) {
            assertFalse(value.toString().matches(".*['{}].*"), value.toString());
        }
    }

    @Test
    void thePluginIsDescribed() throws Exception {
        URL index = Form.class.getClassLoader().getResource("index.jelly");
        assertTrue(Form.text(index).startsWith("<?jelly escape-by-default='true'?>"));
        assertEquals("div", Form.parse(index).getLocalName());
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
        }
        return properties;
    }
}
