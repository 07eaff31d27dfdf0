package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.ChatTemplate;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.DataException;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.train.DataReader.VerifierUse;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataReaderTest {
    @TempDir
    Path root;

    private Tokenizer tokenizer;
    private Verifiers verifiers;
    private ChatEncoder encoder;
    private DataReader reader;

    @BeforeEach
    void open() throws IOException {
        Path model = TinyModel.write(root.resolve("model"));
        TinyModel.learnModes(model);
        tokenizer = Tokenizer.load(model);
        verifiers = Verifiers.standard();
        encoder = new ChatEncoder(tokenizer, ChatTemplate.load(model));
        reader = new DataReader(encoder, verifiers);
    }

    @AfterEach
    void close() {
        verifiers.close();
        tokenizer.close();
    }

    private String file(String... lines) throws IOException {
        return Files.write(root.resolve("data.jsonl"), List.of(lines)).toString();
    }

    private String complaint(Function<String, ?> reading, String... lines) throws IOException {
        String file = file(lines);
        String message =
                assertThrows(DataException.class, () -> reading.apply(file)).getMessage();
        assertTrue(message.startsWith(file + ", line " + lines.length + ": "), message);
        assertTrue(message.endsWith(".") && !message.endsWith("..") && !message.contains("\n"), message);
        return message;
    }

    @Test
    void theAssistantsTokensAreMarkedWithTheEndOfTheirTurn() throws IOException {
        List<EncodedChat> chats = reader.conversations(
                file("{\"messages\":[{\"role\":\"user\",\"content\":\"copy 7\"},"
                        + "{\"role\":\"assistant\",\"content\":\"7 thanks\"}],\"source\":\"ignored\"}"),
                20);

        EncodedChat chat = chats.get(0);
        StringBuilder learnt = new StringBuilder();
        for (int i = 0; i < chat.tokens().length; i++) {
            if (chat.assistant()[i]) {
                learnt.append(tokenizer.decodeWithSpecialTokens(new int[] {chat.tokens()[i]}))
                        .append(' ');
            }
        }
        assertEquals("7 thanks <|im_end|> ", learnt.toString());
        assertEquals(3, DataReader.assistantTokens(chat));
    }

    @Test
    void aPromptIsTextOrMessages() throws IOException {
        String verifier = ",\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}}";
        List<PromptTask> prompts = reader.prompts(
                file(
                        "{\"prompt\":\"say 5\"" + verifier,
                        "{\"prompt\":[{\"role\":\"user\",\"content\":\"say 5\"}]" + verifier),
                VerifierUse.REQUIRED,
                ModeMix.AS_WRITTEN,
                20);

        assertArrayEquals(prompts.get(0).tokens(), prompts.get(1).tokens());
        assertEquals("say 5", prompts.get(1).text());
    }

    @Test
    void aPromptIsAskedInTheModeOfItsLineOrElseOfTheStage() throws IOException {
        String file = file(
                "{\"prompt\":\"say 5\"}",
                "{\"prompt\":\"say 5\",\"mode\":\"no_think\"}",
                "{\"prompt\":\"say 5\",\"mode\":\"think\"}");
        int[] plain = encoder.prompt(List.of(new ChatMessage("user", "say 5")));
        int[] think = encoder.prompt(List.of(new ChatMessage("user", "say 5 /think")));
        int[] noThink = encoder.prompt(List.of(new ChatMessage("user", "say 5 /no_think")));

        List<PromptTask> written = reader.prompts(file, VerifierUse.IGNORED, ModeMix.AS_WRITTEN, 20);
        List<PromptTask> half = reader.prompts(file, VerifierUse.IGNORED, ModeMix.HALF, 20);
        List<PromptTask> without = reader.prompts(file, VerifierUse.IGNORED, ModeMix.NO_THINK, 20);

        assertArrayEquals(plain, written.get(0).tokens());
        assertArrayEquals(noThink, written.get(1).tokens());
        assertArrayEquals(think, half.get(0).tokens());
        assertArrayEquals(noThink, half.get(0).withoutThinking().tokens());
        assertArrayEquals(noThink, half.get(1).tokens());
        assertArrayEquals(noThink, half.get(1).withoutThinking().tokens());
        assertArrayEquals(think, half.get(2).withoutThinking().tokens());
        assertArrayEquals(noThink, without.get(0).tokens());
        assertEquals("say 5", half.get(0).text());
        assertEquals("say 5", half.get(0).messages().get(0).content());
    }

    @Test
    void anUnknownModeIsNamedWithFileAndLine() throws IOException {
        String message = complaint(
                file -> reader.prompts(file, VerifierUse.IGNORED, ModeMix.AS_WRITTEN, 20),
                "{\"prompt\":\"say 5\",\"mode\":\"maybe\"}");

        assertTrue(message.contains("must be 'think' or 'no_think', but is 'maybe'"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\": oops}|is not JSON",
                "{\"messages\":[]} trailing|is not JSON",
                "[1]|is not a JSON object",
                "{\"message\":[]}|the field 'messages' is missing",
                "{\"messages\":\"hi\"}|must be a list of messages, but is of type string",
                "{\"messages\":[]}|must be a list of messages, but is empty",
                "{\"messages\":[{\"content\":\"5\"}]}|the role of message 1 in 'messages' is missing",
                "{\"messages\":[{\"role\":\"user\"}]}|the content of message 1 in 'messages' is missing",
                "{\"messages\":[{\"role\":\"user\",\"content\":5}]}|the content of message 1 in 'messages' must be a string",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"5\"}]}|no message of the assistant",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"1 2 3 4 5 6 7 8 9\"},"
                        + "{\"role\":\"assistant\",\"content\":\"1 2 3 4 5 6\"}]}|has 21 tokens, but at most 20 are allowed"
            })
    void aBadConversationIsNamedWithFileLineAndReason(String line, String reason) throws IOException {
        String good = "{\"messages\":[{\"role\":\"user\",\"content\":\"copy 7\"},"
                + "{\"role\":\"assistant\",\"content\":\"7\"}]}";

        String message = complaint(file -> reader.conversations(file, 20), good, line);

        assertTrue(message.contains(reason), message);
    }

    @Test
    void theRewardModelJudgesWhereTheVerifierIsIgnoredOrAbsent() throws IOException {
        String file = file(
                "{\"prompt\":\"say 5\",\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}}", "{\"prompt\":\"say 5\"}");

        List<PromptTask> own = reader.prompts(file, VerifierUse.IGNORED, ModeMix.AS_WRITTEN, 20);
        List<PromptTask> replayed = reader.prompts(file, VerifierUse.OPTIONAL, ModeMix.AS_WRITTEN, 20);

        assertNull(own.get(0).verifier());
        assertEquals("5", replayed.get(0).verifier().get("answer").asText());
        assertNull(replayed.get(1).verifier());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\":\"say 5\"}|the field 'verifier' is missing",
                "{\"prompt\":\"say 5\",\"verifier\":\"math\"}|the field 'verifier' must be an object",
                "{\"prompt\":\"say 5\",\"verifier\":{\"type\":\"maths\"}}|no verifier of type 'maths'",
                "{\"prompt\":\" \",\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}}|the field 'prompt' is empty",
                "{\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}}|the field 'prompt' is missing"
            })
    void aBadPromptIsNamedWithFileLineAndReason(String line, String reason) throws IOException {
        String message = complaint(file -> reader.prompts(file, VerifierUse.REQUIRED, ModeMix.AS_WRITTEN, 20), line);

        assertTrue(message.contains(reason), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\":\"say 5\",\"chosen\":\"5\"}|the field 'rejected' is missing",
                "{\"prompt\":\"say 5\",\"chosen\":5,\"rejected\":\"6\"}|the field 'chosen' must be a string",
                "{\"prompt\":\"say 5\",\"chosen\":\"5\",\"rejected\":\"5\"}|are the same"
            })
    void aBadPreferenceIsNamedWithFileLineAndReason(String line, String reason) throws IOException {
        String message = complaint(file -> reader.preferences(file, 20), line);

        assertTrue(message.contains(reason), message);
    }

    @Test
    void anEmptyOrBinaryFileIsNamed() throws IOException {
        String empty = file();
        assertTrue(assertThrows(DataException.class, () -> reader.conversations(empty, 20))
                .getMessage()
                .endsWith("data.jsonl holds no lines."));
        Path binary = Files.write(root.resolve("binary.jsonl"), new byte[] {'{', '}', '\n', (byte) 0xff, (byte) 0xfe});
        assertTrue(assertThrows(DataException.class, () -> reader.conversations(binary.toString(), 20))
                .getMessage()
                .contains("is not UTF-8"));
    }
}
