package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against what tokenizers and transformers make of the same texts (bench/reference/model_chat_reference.py). */
class ChatTest {
    private static final Path FOLDER = Reference.folder("chat");

    private final JsonNode expected = JsonFile.read(FOLDER.resolve("expected.json"));

    @TempDir
    Path temporary;

    @Test
    void textsAreEncodedAndDecodedAsByPython() {
        try (Tokenizer tokenizer = Tokenizer.load(FOLDER)) {
            for (JsonNode text : expected.path("texts")) {
                int[] ids = tokenizer.encode(text.path("text").asText());
                assertArrayEquals(Reference.ints(text.path("ids")), ids, text.toString());
                assertEquals(text.path("decoded").asText(), tokenizer.decode(ids));
            }
        }
    }

    @Test
    void conversationsAreRenderedAsByTransformersEvenIfTheyContainTemplateCode() {
        for (JsonNode chat : expected.path("chats")) {
            ChatTemplate template = template(chat);
            assertEquals(chat.path("text").asText(), template.render(messages(chat), false));
            assertEquals(chat.path("prompt").asText(), template.render(messages(chat), true));
        }
    }

    @Test
    void theAssistantsTokensAreMarkedWithTheEndOfItsTurn() {
        try (Tokenizer tokenizer = Tokenizer.load(FOLDER)) {
            for (JsonNode chat : expected.path("chats")) {
                EncodedChat encoded = new ChatEncoder(tokenizer, template(chat)).encode(messages(chat));
                assertArrayEquals(Reference.ints(chat.path("ids")), encoded.tokens(), chat.toString());
                for (int t = 0; t < encoded.tokens().length; t++) {
                    assertEquals(chat.path("assistant").path(t).asBoolean(), encoded.assistant()[t], t + " of " + chat);
                }
            }
        }
    }

    @Test
    void aPromptIsThePrefixOfTheConversationThatAnswersIt() {
        List<ChatMessage> question = List.of(new ChatMessage("user", "How many ?"));
        List<ChatMessage> whole = new ArrayList<>(question);
        whole.add(new ChatMessage("assistant", "\n\n  15"));
        try (Tokenizer tokenizer = Tokenizer.load(FOLDER)) {
            ChatEncoder encoder = new ChatEncoder(tokenizer, ChatTemplate.load(temporary));
            int[] prompt = encoder.prompt(question);
            EncodedChat chat = encoder.encode(whole);
            assertArrayEquals(prompt, java.util.Arrays.copyOf(chat.tokens(), prompt.length));
            assertFalse(chat.assistant()[prompt.length - 1]);
            assertTrue(chat.assistant()[prompt.length]);
        }
    }

    @Test
    void specialTokensAreFoundByName() {
        try (Tokenizer tokenizer = Tokenizer.load(FOLDER)) {
            int end = tokenizer.idOf("<|im_end|>").orElseThrow();
            assertArrayEquals(new int[] {end}, tokenizer.encode("<|im_end|>"));
            assertTrue(tokenizer.isSpecial(end));
            assertEquals("<|im_end|>", tokenizer.decodeWithSpecialTokens(new int[] {end}));
            assertTrue(tokenizer.idOf("no such token").isEmpty());
        }
    }

    @Test
    void aTemplateThatRefusesAConversationIsAnErrorInItsWords() throws IOException {
        Files.writeString(temporary.resolve("chat_template.jinja"), "{{ raise_exception('Roles must alternate') }}");
        ChatTemplate template = ChatTemplate.load(temporary);
        ModelException e = assertThrows(ModelException.class, () -> template.render(List.of(), true));
        assertTrue(e.getMessage().contains("Roles must alternate"), e.getMessage());
    }

    @Test
    void aTemplateIsFoundInTheTokenizersConfigurationToo() throws IOException {
        Files.writeString(
                temporary.resolve("tokenizer_config.json"),
                "{\"eos_token\": {\"content\": \"</s>\"}, \"chat_template\": \"{{ eos_token }}{{ messages[0].content }}\"}");
        assertEquals("</s>hi", ChatTemplate.load(temporary).render(List.of(new ChatMessage("user", "hi")), false));
        Files.writeString(
                temporary.resolve("tokenizer_config.json"),
                "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"t\"}, {\"name\": \"default\", \"template\": \"d\"}]}");
        assertEquals("d", ChatTemplate.load(temporary).render(List.of(), false));
    }

    @Test
    void aMissingTokenizerIsNamed() {
        ModelException e = assertThrows(ModelException.class, () -> Tokenizer.load(temporary));
        assertTrue(e.getMessage().contains("tokenizer.json"), e.getMessage());
    }

    private ChatTemplate template(JsonNode chat) {
        boolean chatml = chat.path("template").asText().equals("chatml");
        return ChatTemplate.load(chatml ? temporary : Reference.folder("smollm2"));
    }

    private static List<ChatMessage> messages(JsonNode chat) {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : chat.path("messages")) {
            messages.add(new ChatMessage(
                    message.path("role").asText(), message.path("content").asText()));
        }
        return messages;
    }
}
