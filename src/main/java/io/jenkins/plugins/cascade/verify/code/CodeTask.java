package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/** How a program is tested: what goes into the sandbox, and what its answer means. */
sealed interface CodeTask {

    /** The frames of the job. */
    List<JsonNode> job(String program, Limits limits);

    /** The verdict on the sandbox's answer. */
    Verdict judge(JsonNode answer);

    /** Reads a specification. */
    static CodeTask of(JsonNode spec) {
        if (spec.has("tests")) {
            return InputOutput.of(spec.get("tests"));
        } else if (spec.has("test_code")) {
            return Assertions.of(spec);
        } else if (spec.has("cases")) {
            return Calls.of(spec);
        }
        throw new InvalidVerifierException(
                "A code verifier needs 'tests' (input and output), 'test_code' (assertions) or 'cases' (args and result).");
    }

    private static ObjectNode frame(String mode, String program, Limits limits, int tests) {
        ObjectNode frame =
                JsonNodeFactory.instance.objectNode().put("mode", mode).put("program", program);
        frame.set("limits", limits.toJson(tests));
        return frame;
    }

    private static String text(JsonNode holder, String name, String where) {
        JsonNode value = holder.get(name);
        if (value == null || !value.isTextual()) {
            throw new InvalidVerifierException(where + " needs the text '" + name + "'.");
        }
        return value.asText();
    }

    private static JsonNode filled(JsonNode list, String name) {
        if (!list.isArray() || list.isEmpty()) {
            throw new InvalidVerifierException("A code verifier's '" + name + "' must be a list that is not empty.");
        }
        return list;
    }

    private static Verdict stopped(String where, String end) {
        return Verdict.fail(where + ": " + end);
    }

    /** The program reads standard input and writes standard output. */
    record InputOutput(List<String> inputs, List<String> outputs) implements CodeTask {

        static InputOutput of(JsonNode tests) {
            List<String> inputs = new ArrayList<>();
            List<String> outputs = new ArrayList<>();
            for (JsonNode test : filled(tests, "tests")) {
                String where = "Test " + (inputs.size() + 1) + " of a code verifier";
                inputs.add(text(test, "input", where));
                outputs.add(text(test, "output", where));
            }
            return new InputOutput(List.copyOf(inputs), List.copyOf(outputs));
        }

        @Override
        public List<JsonNode> job(String program, Limits limits) {
            ObjectNode frame = frame("tests", program, limits, 1);
            ArrayNode texts = frame.putArray("inputs");
            inputs.forEach(texts::add);
            return List.of(frame);
        }

        @Override
        public Verdict judge(JsonNode answer) {
            JsonNode runs = answer.path("runs");
            for (int at = 0; at < outputs.size(); at++) {
                String where = "test " + (at + 1) + " of " + outputs.size();
                String end = runs.path(at).path("end").asText("not run");
                if (!end.equals("exit 0")) {
                    String error = runs.path(at).path("error").asText();
                    return stopped(where, error.isEmpty() ? end : end + ", " + error);
                }
                if (!OutputComparison.same(
                        outputs.get(at), runs.get(at).path("output").asText())) {
                    return Verdict.fail(where + ": wrong output");
                }
            }
            return Verdict.pass("all " + outputs.size() + " tests passed");
        }
    }

    /** Test code calls the program's functions and asserts, as in HumanEval. */
    record Assertions(String testCode, String entryPoint) implements CodeTask {

        static Assertions of(JsonNode spec) {
            String entryPoint = spec.has("entry_point") ? text(spec, "entry_point", "A code verifier") : "";
            return new Assertions(text(spec, "test_code", "A code verifier"), entryPoint);
        }

        @Override
        public List<JsonNode> job(String program, Limits limits) {
            ObjectNode tests = JsonNodeFactory.instance
                    .objectNode()
                    .put("test_code", testCode)
                    .put("entry_point", entryPoint);
            return List.of(frame("asserts", program, limits, 5), tests);
        }

        @Override
        public Verdict judge(JsonNode answer) {
            JsonNode report = answer.path("report");
            return report.path("passed").asBoolean(false)
                    ? Verdict.pass("all assertions hold")
                    : Verdict.fail(report.path("detail").asText("the checks ended early"));
        }
    }

    /** One function is called with arguments and its results are compared. */
    record Calls(String entryPoint, List<JsonNode> arguments, List<JsonNode> results) implements CodeTask {

        static Calls of(JsonNode spec) {
            String entryPoint = text(spec, "entry_point", "A code verifier with 'cases'");
            List<JsonNode> arguments = new ArrayList<>();
            List<JsonNode> results = new ArrayList<>();
            for (JsonNode one : filled(spec.get("cases"), "cases")) {
                if (!one.path("args").isArray() || !one.has("result")) {
                    throw new InvalidVerifierException("Case " + (arguments.size() + 1)
                            + " of a code verifier needs 'args', a list, and 'result'.");
                }
                arguments.add(one.get("args"));
                results.add(one.get("result"));
            }
            return new Calls(entryPoint, List.copyOf(arguments), List.copyOf(results));
        }

        @Override
        public List<JsonNode> job(String program, Limits limits) {
            ObjectNode frame = frame("cases", program, limits, 1).put("entry_point", entryPoint);
            frame.putArray("cases").addAll(arguments);
            return List.of(frame);
        }

        @Override
        public Verdict judge(JsonNode answer) {
            JsonNode replies = answer.path("replies");
            if (replies.path(0).has("error")) {
                return stopped("loading", failure(replies.get(0)));
            }
            for (int at = 0; at < results.size(); at++) {
                JsonNode reply = replies.path(at + 1);
                String where = "case " + (at + 1) + " of " + results.size();
                if (!reply.has("result")) {
                    return stopped(where, failure(reply));
                }
                if (!CaseResult.same(results.get(at), reply.get("result"))) {
                    return Verdict.fail(where + ": wrong result");
                }
            }
            return Verdict.pass("all " + results.size() + " cases passed");
        }

        private static String failure(JsonNode reply) {
            String message = reply.path("message").asText();
            return reply.path("error").asText("not run") + (message.isEmpty() ? "" : ": " + message);
        }
    }
}
