package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Some of a model's answers, from {@link StageFiles#ANSWERS}.
 *
 * @param byItem benchmark and item to the first answer, in the order of the file, at most {@link #MOST} a stage
 * @param left lines that could not be read
 */
record Answers(Map<String, Answer> byItem, JsonLines.Left left) {
    /** Most answers that are kept. */
    static final int MOST = 400;
    /** Most characters of a prompt or a response that are kept. */
    static final int LONGEST = 2000;

    private static final JsonLines LINES = new JsonLines(16 << 20, 256 << 10);
    private static final ObjectReader READER = CanonicalJson.MAPPER.readerFor(Answer.class);

    /**
     * One line.
     *
     * @param benchmark the benchmark
     * @param item the item's id
     * @param prompt a text, or a conversation
     * @param response what the model wrote; hostile
     * @param score the verifier's score
     */
    record Answer(String benchmark, String item, JsonNode prompt, String response, double score) {
        Answer {
            RecordCheck.notBlank("benchmark", benchmark);
            RecordCheck.notBlank("item", item);
            RecordCheck.notNull("response", response);
        }

        String promptText() {
            if (prompt == null) {
                return "";
            }
            return prompt.isTextual() ? prompt.textValue() : prompt.toString();
        }

        /** The same with texts of at most that many characters, and a note where something was cut. */
        Answer cut(int length) {
            TextNode shortPrompt = TextNode.valueOf(shortened(promptText(), length));
            return new Answer(benchmark, item, shortPrompt, shortened(response, length), score);
        }

        private static String shortened(String text, int length) {
            int more = text.length() - length;
            return more <= 0 ? text : text.substring(0, length) + " … (" + more + " more characters)";
        }
    }

    /**
     * Reads the answers of a stage; none where it has no directory or no answers yet.
     *
     * @throws IOException when the file cannot be read
     */
    static Answers of(StageRecord stage, Path workspace) throws IOException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (stage.directory() == null) {
            return new Answers(answers, JsonLines.Left.NOTHING);
        }
        boolean growing = stage.status() == StageRecord.Status.RUNNING;
        String file = stage.directory() + "/" + StageFiles.ANSWERS;
        JsonLines.Left left = LINES.<Answer>read(workspace, file, READER, growing, answer -> {
            if (answers.size() < MOST) {
                answers.putIfAbsent(key(answer), answer.cut(LONGEST));
            }
        });
        return new Answers(answers, left);
    }

    /** The answer to the same item. */
    Optional<Answer> same(Answer other) {
        return Optional.ofNullable(byItem.get(key(other)));
    }

    private static String key(Answer answer) {
        return answer.benchmark() + '\n' + answer.item();
    }
}
