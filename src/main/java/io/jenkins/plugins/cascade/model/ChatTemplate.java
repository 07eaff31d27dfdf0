package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model writes a conversation down: the Jinja template of its folder, rendered with the settings of transformers'
 * {@code apply_chat_template} (blocks trimmed, no escaping), or plain ChatML where the folder has none.
 */
public final class ChatTemplate {
    private static final String CHATML =
            """
            {% for message in messages %}
            {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}
            {%- endfor %}
            {% if add_generation_prompt %}
            {{ '<|im_start|>assistant\\n' }}
            {%- endif %}
            """
                    .strip();

    /** Where Jinjava differs from Jinja2 unless told otherwise. */
    private static final LegacyOverrides LIKE_PYTHON = LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withIterateOverMapKeys(true)
            .withKeepNullableLoopValues(true)
            .withParseWhitespaceControlStrictly(true)
            .withUseNaturalOperatorPrecedence(true)
            .withUsePyishObjectMapper(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .build();

    private final Jinjava jinjava;
    private final String template;
    private final Map<String, String> specialTokens;

    private ChatTemplate(String template, Map<String, String> specialTokens) {
        this.template = template;
        this.specialTokens = specialTokens;
        // A message's text is data: nested interpretation would run Jinja that a user or a model wrote into it.
        jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LIKE_PYTHON)
                .build());
        jinjava.getGlobalContext()
                .registerFunction(new ELFunctionDefinition(
                        "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
    }

    /**
     * Takes {@code chat_template.jinja}, else {@code chat_template} of {@code tokenizer_config.json} (of several the one named
     * {@code default}), else ChatML.
     */
    public static ChatTemplate load(Path folder) {
        ObjectNode config = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
        Map<String, String> special = new LinkedHashMap<>();
        for (String name : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
            JsonNode token = config.path(name);
            special.put(name, token.isObject() ? token.path("content").asText() : token.asText(""));
        }
        return new ChatTemplate(source(folder, config.path("chat_template")), special);
    }

    private static String source(Path folder, JsonNode configured) {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        for (JsonNode named : configured) {
            if (named.path("name").asText().equals("default")) {
                return named.path("template").asText();
            }
        }
        return configured.isTextual() ? configured.asText() : CHATML;
    }

    /**
     * The conversation as text.
     *
     * @param addGenerationPrompt whether to end with the opening of an assistant's turn
     * @throws ModelException if the template fails, for instance because it refuses a role
     */
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        Map<String, Object> bindings = new LinkedHashMap<>(specialTokens);
        bindings.put(
                "messages",
                messages.stream()
                        .map(message -> Map.of("role", message.role(), "content", message.content()))
                        .toList());
        bindings.put("add_generation_prompt", addGenerationPrompt);
        RenderResult result = jinjava.renderForResult(template, bindings);
        if (result.hasErrors()) {
            throw failure(result.getErrors().get(0));
        }
        return result.getOutput();
    }

    private static ModelException failure(TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelException refusal) {
                return refusal;
            }
        }
        return new ModelException(
                "The chat template fails in line " + error.getLineno() + ": " + error.getMessage() + ".");
    }

    /** What templates call to refuse a conversation. */
    public static String raiseException(String message) {
        throw new ModelException("The chat template refuses the conversation: " + message + ".");
    }
}
