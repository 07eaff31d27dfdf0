package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.ClosableVerifier;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Runs Python programs: {@code {"type":"code","tests":[{"input","output"}]}}, or {@code "test_code"} with {@code "entry_point"}
 * as in HumanEval, or {@code "entry_point"} with {@code "cases":[{"args":[3],"result":20}]}; all tests or 0. Optional:
 * {@code "time_limit_seconds"} for one test. A program that runs into a limit is wrong (FAIL); TIMEOUT means that the sandbox did
 * not answer. {@code extra.isolation} says what held the program in.
 */
public final class CodeVerifier implements ClosableVerifier {

    private static final int MAX_PROGRAM = 200_000;
    private static final double MAX_SECONDS = 60;
    private static final int TOTAL_FACTOR = 5;

    private final SandboxPool pool;
    private final Limits limits;

    /** Standard limits, one program a processor. */
    public CodeVerifier() {
        this(Limits.STANDARD, Runtime.getRuntime().availableProcessors());
    }

    /** @param sandboxes how many programs may run side by side */
    public CodeVerifier(Limits limits, int sandboxes) {
        this(limits, sandboxes, true);
    }

    /** @param namespaces whether namespaces are used where the machine has them; without them only limits hold a program in */
    CodeVerifier(Limits limits, int sandboxes, boolean namespaces) {
        this.limits = limits;
        this.pool = new SandboxPool(sandboxes, namespaces);
    }

    @Override
    public String type() {
        return "code";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public boolean costly() {
        return true;
    }

    @Override
    public void check(JsonNode spec) {
        CodeTask.of(spec);
        limits(spec);
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        CodeTask task;
        Limits own;
        try {
            task = CodeTask.of(spec);
            own = limits(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        String program = ProgramExtraction.program(response);
        if (program.isBlank()) {
            return Verdict.fail("no program found");
        }
        if (program.length() > MAX_PROGRAM) {
            return Verdict.fail("the program is longer than " + MAX_PROGRAM + " characters");
        }
        return run(task, program, own);
    }

    private Verdict run(CodeTask task, String program, Limits own) {
        try {
            JsonNode[] frames = task.job(program, own).toArray(new JsonNode[0]);
            SandboxPool.Outcome outcome = pool.run(own.totalSeconds(), frames);
            return task.judge(outcome.answer()).with(Map.of("isolation", outcome.isolation()));
        } catch (SandboxException e) {
            return e.isLate() ? Verdict.timeout(e.getMessage()) : Verdict.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.error("The verification was interrupted.");
        }
    }

    private Limits limits(JsonNode spec) {
        JsonNode seconds = spec.get("time_limit_seconds");
        if (seconds == null) {
            return limits;
        }
        if (!seconds.isNumber() || !(seconds.doubleValue() > 0 && seconds.doubleValue() <= MAX_SECONDS)) {
            throw new InvalidVerifierException(
                    "A code verifier's 'time_limit_seconds' must be a number above 0 and at most " + MAX_SECONDS + ".");
        }
        return limits.within(seconds.doubleValue(), TOTAL_FACTOR * seconds.doubleValue());
    }

    @Override
    public List<Canary> canaries() {
        ObjectNode doubling = spec();
        doubling.putArray("tests").addObject().put("input", "21\n").put("output", "42\n");
        ObjectNode check = spec().put("entry_point", "twice")
                .put("test_code", "def check(candidate):\n    assert candidate(21) == 42\n");
        String right = "def twice(x):\n    return 2 * x\n";
        return List.of(
                new Canary("prints the double", "", "```python\nprint(2 * int(input()))\n```", doubling, Outcome.PASS),
                new Canary("prints the triple", "", "print(3 * int(input()))", doubling, Outcome.FAIL),
                new Canary("returns the double", "", right, check, Outcome.PASS),
                new Canary("returns the triple", "", right.replace('2', '3'), check, Outcome.FAIL),
                new Canary("leaves before the assertion", "", "import sys\nsys.exit(0)", check, Outcome.FAIL));
    }

    private static ObjectNode spec() {
        return JsonNodeFactory.instance.objectNode().put("type", "code");
    }

    @Override
    public void close() {
        pool.close();
    }
}
