package io.jenkins.plugins.cascade.model.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what transformers renders (bench/reference/model_templates_reference.py). */
class JinjaTemplateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temporary;

    @Test
    void conversationsAreRenderedByteForByteAsByTransformers() throws IOException {
        JsonNode reference = MAPPER.readTree(resource("templates/expected.json"));
        Map<String, String> texts = Map.of(
                "qwen3", resource("templates/qwen3.jinja"),
                "constructs", resource("templates/constructs.jinja"),
                "smollm2", resource("smollm2/chat_template.jinja"));
        int rendered = 0;
        for (JsonNode one : reference.path("cases")) {
            rendered += compare(reference, one, texts.get(one.path("template").asText())) ? 1 : 0;
        }
        assertTrue(rendered > 200, rendered + " were rendered");
    }

    /** With the templates that an installed TRL carries, among them Llama 3, 3.1, 3.2 and Qwen2.5; a few use what is refused. */
    @Test
    void realTemplatesAreRenderedAsByTransformersOrRefused() throws IOException, InterruptedException {
        String python = System.getProperty("cascade.python.transformers", System.getenv("CASCADE_PYTHON_TRANSFORMERS"));
        Assumptions.assumeTrue(python != null, "no Python with transformers and trl is named");
        Path file = temporary.resolve("cases.json");
        Process process = new ProcessBuilder(
                        python, "bench/reference/model_templates_reference.py", "--installed", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("log").toFile())
                .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "transformers takes too long");
        Assumptions.assumeTrue(Files.exists(file), "this Python has no trl");
        JsonNode reference = MAPPER.readTree(file.toFile());
        Map<String, Integer> same = new HashMap<>();
        for (JsonNode one : reference.path("cases")) {
            String name = one.path("template").asText();
            try {
                if (compare(
                        reference, one, reference.path("templates").path(name).asText())) {
                    same.merge(name, 1, Integer::sum);
                }
            } catch (JinjaException refusal) {
                assertFalse(name.matches("(llama|qwen|smol|phi|gemma3).*"), name + ": " + refusal.getMessage());
            }
        }
        assertTrue(same.keySet().stream().anyMatch(name -> name.startsWith("llama3")), same.toString());
    }

    /** Whether it was rendered; a conversation that transformers does not render is not rendered here either. */
    private static boolean compare(JsonNode reference, JsonNode one, String source) {
        JinjaTemplate template = JinjaTemplate.parse(source);
        Map<String, Object> variables = new HashMap<>();
        variables.put("tools", null);
        variables.put("documents", null);
        add(variables, reference.path("special"));
        add(variables, reference.path("options").path(one.path("option").asInt()));
        variables.put(
                "messages",
                MAPPER.convertValue(
                        longs(reference
                                .path("conversations")
                                .path(one.path("conversation").asInt())),
                        Object.class));
        variables.put("add_generation_prompt", one.path("add").asBoolean());
        if (one.has("error")) {
            assertThrows(JinjaException.class, () -> template.render(variables), one.toString());
            return false;
        }
        String what = one.path("template") + " " + one.path("conversation") + " " + one.path("option");
        assertEquals(one.path("expected").asText(), template.render(variables), what);
        return true;
    }

    private static void add(Map<String, Object> variables, JsonNode values) {
        values.properties()
                .forEach(value ->
                        variables.put(value.getKey(), MAPPER.convertValue(longs(value.getValue()), Object.class)));
    }

    /** With whole numbers as the templates have them. */
    private static Object longs(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isArray()) {
            java.util.List<Object> list = new java.util.ArrayList<>();
            node.forEach(item -> list.add(longs(item)));
            return list;
        }
        if (node.isObject()) {
            Map<String, Object> map = new java.util.LinkedHashMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), longs(field.getValue())));
            return map;
        }
        return MAPPER.convertValue(node, Object.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{{ x | batch(2) }} @ the filter 'batch' is not supported",
                "{% include 'x' %} @ the tag 'include' is not supported",
                "{% if x is escaped %}{% endif %} @ the test 'escaped' is not supported",
                "{% if x %} @ a block does not end",
                "{{ 'abc }} @ a string does not end",
                "a {# b @ a comment does not end",
                "{{ 2 ** 3 }} @ the operator ** is not supported",
                "{% endif %} @ ends what was not begun",
                "{{ }} @ an expression is expected",
            })
    void whatIsNotKnownIsRefusedWhenTheTemplateIsRead(String template, String reason) {
        JinjaException e = assertThrows(JinjaException.class, () -> JinjaTemplate.parse(template));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().contains("(line 1)"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{{ 'a'.title() }} @ the method 'title' is not supported",
                "{{ 'a' + 1 }} @ the operator + is not for a string and a number",
                "{{ nothing.at.all }} @ 'nothing' is undefined",
                "{{ strftime_now('%d') }} @ 'strftime_now' is undefined",
                "{{ 'a' | safe ~ '<' }} @ the operator ~ is not for what is marked as safe",
                "{{ {}.update({}) }} @ the method 'update' is not supported",
                "{% set a = {} %}{% set a.b = 1 %} @ only what namespace() made can be changed",
                "{{ range(1000000000) }} @ range() has other arguments than are supported",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }} @ nested too deeply",
                "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %} @ too many steps",
                "{{ 'x' * 9999999 }} @ a repeated string is too long",
                "{{ 1 / 0 }} @ divided by zero",
            })
    void whatCannotBeRenderedIsAnErrorAndNeverAnotherText(String template, String reason) {
        JinjaTemplate read = JinjaTemplate.parse(template);
        JinjaException e = assertThrows(JinjaException.class, () -> read.render(Map.of()));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertFalse(e.isRefusal());
    }

    @Test
    void aRefusalOfTheTemplateIsToldApart() {
        JinjaTemplate template = JinjaTemplate.parse("{{ raise_exception('Roles must alternate') }}");
        JinjaException e = assertThrows(JinjaException.class, () -> template.render(Map.of()));
        assertTrue(e.isRefusal());
        assertEquals("Roles must alternate", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ x }}", "{{x-}} ", "{{- x -}}", "{% if true -%} {{ x }} {%- endif %}", "{{ x | trim }}"})
    void aMessageThatLooksLikeATemplateIsText(String template) {
        String hostile = "{{ 7 * 7 }}{% raw %}{# #}";
        assertEquals(hostile, JinjaTemplate.parse(template).render(Map.of("x", hostile)));
    }

    @Test
    void variablesOfATurnOfALoopAreGoneAfterIt() {
        String template = "{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}";
        assertEquals("12 13 1", JinjaTemplate.parse(template).render(Map.of()));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                JinjaTemplateTest.class.getResourceAsStream("/io/jenkins/plugins/cascade/model/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
