package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges lines {@code {"id","prompt","response","verifier":{"type",...}}} and writes a line
 * {@code {"id","outcome","score","detail","millis"}} for each, in the same order; {@code prompt} may be left out, and
 * {@code score} is null where there is none. Instruction-following lines add {@code strict} and {@code loose}.
 */
public final class VerifyCases {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int BATCH = 512;
    private static final int MAX_LINE = 32 << 20;

    private final Verifiers verifiers;

    /** @param verifiers closed by whoever made them */
    public VerifyCases(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    /**
     * Judges all lines. Blank lines are left out; a line that is no case is an ERROR that names its number.
     *
     * @return how many lines had which outcome, and how fast
     * @throws IOException if the lines cannot be read or the results cannot be written
     */
    public VerifySummary run(Reader lines, Appendable results) throws IOException {
        BufferedReader reader = new BufferedReader(lines);
        VerifySummary.Counter counter = new VerifySummary.Counter();
        List<Case> batch = new ArrayList<>();
        int number = 0;
        for (String line = readLine(reader); line != null; line = readLine(reader)) {
            number++;
            if (number == 1 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (!line.isBlank()) {
                batch.add(read(line, number));
            }
            if (batch.size() == BATCH) {
                judge(batch, results, counter);
                batch.clear();
            }
        }
        judge(batch, results, counter);
        return counter.summary();
    }

    private void judge(List<Case> batch, Appendable results, VerifySummary.Counter counter) throws IOException {
        List<VerificationTask> tasks =
                batch.stream().filter(one -> one.task() != null).map(Case::task).toList();
        List<Verifiers.Timed> verdicts = verifiers.timed(tasks);
        int next = 0;
        for (Case one : batch) {
            Verifiers.Timed timed =
                    one.task() == null ? new Verifiers.Timed(Verdict.error(one.problem()), 0) : verdicts.get(next++);
            counter.add(one.type(), timed.verdict());
            results.append(JSON.writeValueAsString(line(one, timed))).append('\n');
        }
    }

    private static ObjectNode line(Case one, Verifiers.Timed timed) {
        Verdict verdict = timed.verdict();
        ObjectNode line = JSON.createObjectNode();
        line.set("id", one.id());
        line.put("outcome", verdict.outcome().name());
        line.put("score", Double.isNaN(verdict.score()) ? null : Double.valueOf(verdict.score()));
        line.put("detail", verdict.detail());
        line.put("millis", Math.round(timed.millis() * 1000) / 1000.0);
        verdict.extra().forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        return line;
    }

    private static Case read(String text, int number) {
        if (text.length() > MAX_LINE) {
            return Case.problem(number, "is longer than " + MAX_LINE + " characters");
        }
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Case.problem(number, "is not JSON: " + e.getOriginalMessage());
        }
        if (!line.isObject()
                || !line.path("response").isTextual()
                || !line.path("verifier").isObject()) {
            return Case.problem(number, "needs the text 'response' and the object 'verifier'");
        }
        if (line.has("prompt") && !line.get("prompt").isTextual()) {
            return Case.problem(number, "has a 'prompt' that is no text");
        }
        JsonNode spec = line.get("verifier");
        VerificationTask task = new VerificationTask(
                line.path("prompt").asText(""), line.get("response").asText(), spec);
        JsonNode id = line.has("id") ? line.get("id") : JSON.getNodeFactory().numberNode(number);
        return new Case(id, spec.path("type").asText("?"), task, null);
    }

    /** A line without its end, null at the end of the text; of a line that is too long only a little more than is allowed. */
    private static String readLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() <= MAX_LINE) {
                line.append((char) character);
            }
            character = reader.read();
        }
        return line.toString();
    }

    /** A line that was read: a task, or what is wrong with it. */
    private record Case(JsonNode id, String type, VerificationTask task, String problem) {

        static Case problem(int number, String what) {
            return new Case(JSON.nullNode(), "?", null, "Line " + number + " " + what + ".");
        }
    }
}
