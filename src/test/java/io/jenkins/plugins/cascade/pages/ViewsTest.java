package io.jenkins.plugins.cascade.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The views as files: escaped by default, no script in the page, every word in both languages, everything they name is there. */
class ViewsTest {
    private static final Pattern MESSAGE = Pattern.compile("\\$\\{%([A-Za-z]+)");
    private static final Pattern ADJUNCT = Pattern.compile("includes=\"([^\"]+)\"");

    private static String text(String resource) throws IOException {
        try (InputStream in = ViewsTest.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Properties messages(String resource) throws IOException {
        Properties messages = new Properties();
        try (InputStream in = ViewsTest.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            messages.load(in);
        }
        return messages;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CascadeBuildAction/index",
                "CascadeBuildAction/summary",
                "CascadeJobAction/index",
                "CascadeJobAction/jobMain"
            })
    void aViewIsEscapedFreeOfScriptsAndSpeaksBothLanguages(String view) throws IOException {
        String jelly = text(view + ".jelly");
        assertTrue(jelly.startsWith("<?jelly escape-by-default='true'?>"), view);
        for (Element element : Builds.all(Builds.parse(jelly), "*")) {
            assertFalse(Set.of("script", "style").contains(element.getTagName()), element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String attribute = element.getAttributes().item(i).getNodeName();
                assertFalse(attribute.startsWith("on") || attribute.equals("style"), view + ": " + attribute);
            }
        }
        Set<String> used = found(MESSAGE, jelly);
        assertEquals(used, messages(view + ".properties").stringPropertyNames());
        assertEquals(used, messages(view + "_de.properties").stringPropertyNames());
        for (String adjunct : found(ADJUNCT, jelly)) {
            String path = "/" + adjunct.replace('.', '/');
            assertTrue(
                    ViewsTest.class.getResource(path + ".css") != null
                            || ViewsTest.class.getResource(path + ".js") != null,
                    adjunct);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/io/jenkins/plugins/cascade/report/report.css", "theme.css", "live.js"})
    void aStyleOrAScriptLoadsNothing(String resource) throws IOException {
        String text = text(resource);
        for (String word : new String[] {"url(", "@import", "http:", "https:", "eval(", "Function("}) {
            assertFalse(text.contains(word), word);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/symbols/cascade.svg"})
    void theSymbolTakesTheColourOfItsPlace(String resource) throws IOException {
        String svg = text(resource);
        assertTrue(svg.contains("stroke=\"currentColor\""), svg);
        assertEquals("svg", Builds.parse(svg).getTagName());
    }
}
