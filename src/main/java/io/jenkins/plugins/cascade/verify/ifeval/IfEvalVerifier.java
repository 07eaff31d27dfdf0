package io.jenkins.plugins.cascade.verify.ifeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.FinalAnswer;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks instructions as IFEval (arXiv 2311.07911) and IFBench (arXiv 2507.02833) do:
 * {@code {"type":"ifeval","instruction_id_list":[...],"kwargs":[{...}]}}. The score is 1 if every instruction is followed
 * strictly, else 0; {@code extra} holds {@code strict} and {@code loose}, one boolean an instruction.
 */
public final class IfEvalVerifier implements Verifier {

    private static final int MAX_INSTRUCTIONS = 100;
    private static final int MAX_RESPONSE = 1_000_000;

    @Override
    public String type() {
        return "ifeval";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public void check(JsonNode spec) {
        instructions(spec);
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        List<Instruction> instructions;
        try {
            instructions = instructions(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        if (response.length() > MAX_RESPONSE) {
            return Verdict.fail("the response is longer than " + MAX_RESPONSE + " characters");
        }
        String answer = FinalAnswer.of(response);
        Set<String> variants = variants(answer);
        List<Boolean> strict = new ArrayList<>();
        List<Boolean> loose = new ArrayList<>();
        for (Instruction instruction : instructions) {
            boolean followed = follows(instruction, answer);
            strict.add(followed);
            loose.add(followed || variants.stream().anyMatch(variant -> follows(instruction, variant)));
        }
        Verdict verdict = strict.contains(false)
                ? Verdict.fail("not followed: " + missed(spec, strict))
                : Verdict.pass("all " + strict.size() + " instructions followed");
        return verdict.with(Map.of("strict", List.copyOf(strict), "loose", List.copyOf(loose)));
    }

    private static boolean follows(Instruction instruction, String response) {
        return !PythonText.isBlank(response) && instruction.isFollowedBy(response);
    }

    /** The response without its first line, its last, or both, each also without asterisks: IFEval's loose reading. */
    private static Set<String> variants(String response) {
        int first = response.indexOf('\n');
        int last = response.lastIndexOf('\n');
        Set<String> variants = new LinkedHashSet<>();
        variants.add(response);
        variants.add(first < 0 ? "" : PythonText.strip(response.substring(first + 1)));
        variants.add(last < 0 ? "" : PythonText.strip(response.substring(0, last)));
        variants.add(first == last ? "" : PythonText.strip(response.substring(first + 1, last)));
        for (String variant : List.copyOf(variants)) {
            variants.add(variant.replace("*", ""));
        }
        return variants;
    }

    private static String missed(JsonNode spec, List<Boolean> strict) {
        List<String> missed = new ArrayList<>();
        for (int at = 0; at < strict.size(); at++) {
            if (!strict.get(at)) {
                missed.add(spec.get("instruction_id_list").get(at).asText());
            }
        }
        return String.join(", ", missed);
    }

    private static List<Instruction> instructions(JsonNode spec) {
        JsonNode ids = spec.get("instruction_id_list");
        JsonNode arguments = spec.get("kwargs");
        if (ids == null || !ids.isArray() || ids.isEmpty() || ids.size() > MAX_INSTRUCTIONS) {
            throw new InvalidVerifierException(
                    "An ifeval verifier needs 'instruction_id_list', a list of 1 to " + MAX_INSTRUCTIONS + " ids.");
        }
        if (arguments == null || !arguments.isArray() || arguments.size() != ids.size()) {
            throw new InvalidVerifierException(
                    "An ifeval verifier needs 'kwargs', a list of as many objects as there are instructions.");
        }
        List<Instruction> instructions = new ArrayList<>();
        for (int at = 0; at < ids.size(); at++) {
            JsonNode values = arguments.get(at);
            if (!values.isObject()) {
                throw new InvalidVerifierException("Entry " + (at + 1) + " of 'kwargs' is not an object.");
            }
            instructions.add(Instructions.of(ids.get(at).asText(), values));
        }
        return instructions;
    }

    @Override
    public List<Canary> canaries() {
        ObjectNode noComma = spec("punctuation:no_comma");
        ObjectNode words = spec("length_constraints:number_words");
        ((ObjectNode) words.get("kwargs").get(0)).put("num_words", 3).put("relation", "at least");
        ObjectNode range = spec("count:word_count_range");
        ((ObjectNode) range.get("kwargs").get(0)).put("min_words", 2).put("max_words", 3);
        return List.of(
                new Canary("no comma", "", "one two three", noComma, Outcome.PASS),
                new Canary("a comma", "", "one, two", noComma, Outcome.FAIL),
                new Canary("three words", "", "one two three", words, Outcome.PASS),
                new Canary("two words", "", "one two", words, Outcome.FAIL),
                new Canary("two to three words", "", "one two three", range, Outcome.PASS),
                new Canary("four words", "", "one two three four", range, Outcome.FAIL),
                new Canary("nothing", "", "", noComma, Outcome.FAIL));
    }

    private static ObjectNode spec(String id) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "ifeval");
        spec.putArray("instruction_id_list").add(id);
        spec.putArray("kwargs").addObject();
        return spec;
    }
}
