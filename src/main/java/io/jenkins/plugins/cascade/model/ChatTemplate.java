package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.model.jinja.JinjaException;
import io.jenkins.plugins.cascade.model.jinja.JinjaTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model writes a conversation down: the Jinja template of its folder, rendered as by transformers' {@code apply_chat_template}, or
 * plain ChatML where the folder has none. A message's text is data: what it holds is never read as a template. Today's date
 * ({@code strftime_now}) is not known to a template, so that a prompt is the same tomorrow: one that asks whether it is defined writes its
 * own date, as Llama 3.2's does, and one that needs it is refused.
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

    private static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token");

    private final JinjaTemplate template;
    private final Map<String, Object> specialTokens;

    private ChatTemplate(String template, Map<String, Object> specialTokens) {
        this.specialTokens = specialTokens;
        try {
            this.template = JinjaTemplate.parse(template);
        } catch (JinjaException e) {
            throw new ModelException("The chat template cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Takes {@code chat_template.jinja}, else {@code chat_template} of {@code tokenizer_config.json} (of several the one named
     * {@code default}), else ChatML.
     *
     * @throws ModelException if it is no template, or one with a part of Jinja that is not known here
     */
    public static ChatTemplate load(Path folder) {
        ObjectNode config = JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"));
        Map<String, Object> special = new LinkedHashMap<>();
        for (String name : SPECIAL_TOKENS) {
            JsonNode token = config.path(name);
            JsonNode text = token.isObject() ? token.path("content") : token;
            if (text.isTextual()) {
                special.put(name, text.asText());
            }
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
        Map<String, Object> variables = new HashMap<>(specialTokens);
        variables.put(
                "messages",
                messages.stream()
                        .map(message -> Map.of("role", message.role(), "content", message.content()))
                        .toList());
        variables.put("add_generation_prompt", addGenerationPrompt);
        variables.put("tools", null);
        variables.put("documents", null);
        try {
            return template.render(variables);
        } catch (JinjaException e) {
            throw new ModelException(
                    e.isRefusal()
                            ? "The chat template refuses the conversation: " + e.getMessage() + "."
                            : "The chat template fails: " + e.getMessage() + ".",
                    e);
        }
    }
}
