package io.jenkins.plugins.cascade.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifiersTest {

    private final Verifiers verifiers = Verifiers.standard();

    @AfterEach
    void endProcesses() {
        verifiers.close();
    }

    @Test
    void judgesKnownAnswersOfEveryTypeAsKnown() {
        assertDoesNotThrow(() -> verifiers.runCanaries(List.of("math", "ifeval", "code", "swe")));
    }

    @Test
    void namesEveryTypeAndItsVersion() {
        assertEquals(List.of("math", "ifeval", "code", "swe", "judge", "reward-model"), verifiers.types());
        assertEquals(verifiers.types(), List.copyOf(verifiers.versions().keySet()));
        verifiers
                .versions()
                .forEach((type, version) -> assertEquals(verifiers.of(type).version(), version));
    }

    @Test
    void theVersionsInAnEnvironmentTellWhichJudgeItNames() {
        Map<String, String> one =
                Verifiers.versions(Map.of("CASCADE_JUDGE_URL", "http://a.test/v1", "CASCADE_JUDGE_MODEL", "m"));
        Map<String, String> other =
                Verifiers.versions(Map.of("CASCADE_JUDGE_URL", "http://a.test/v1", "CASCADE_JUDGE_MODEL", "n"));

        assertEquals(List.copyOf(one.keySet()), verifiers.types());
        assertNotEquals(one.get("judge"), other.get("judge"));
        assertNotEquals(one.get("swe"), other.get("swe"));
        assertEquals(one.get("math"), other.get("math"));
    }

    @Test
    void refusesAVerifierThatMisjudgesAKnownAnswer() {
        try (Verifiers broken = Verifiers.with(List.of(new Constant(Verdict.pass("always"))))) {
            CanaryException thrown = assertThrows(CanaryException.class, () -> broken.runCanaries(List.of("constant")));
            assertTrue(thrown.getMessage().contains("known bad"), thrown::getMessage);
        }
    }

    @Test
    void keepsTheOrderOfTasksAndRunsIdenticalCostlyOnesOnce() {
        Constant counting = new Constant(Verdict.fail("no"));
        List<VerificationTask> tasks = new ArrayList<>();
        for (int at = 0; at < 40; at++) {
            tasks.add(new VerificationTask("", "same", spec("constant")));
            tasks.add(
                    new VerificationTask("", "\\boxed{" + at + "}", spec("math").put("answer", "7")));
        }
        try (Verifiers both =
                Verifiers.with(List.of(counting, new io.jenkins.plugins.cascade.verify.math.MathVerifier()))) {
            List<Verdict> verdicts = both.verifyAll(tasks);
            for (int at = 0; at < 40; at++) {
                assertEquals(Outcome.FAIL, verdicts.get(2 * at).outcome());
                assertEquals(
                        at == 7 ? Outcome.PASS : Outcome.FAIL,
                        verdicts.get(2 * at + 1).outcome());
            }
        }
        assertEquals(1, counting.calls.get());
    }

    @Test
    void turnsUnknownTypesAndFailuresOfAVerifierIntoErrors() {
        assertEquals(Outcome.ERROR, verifiers.verify("", "x", spec("alchemy")).outcome());
        assertEquals(
                Outcome.ERROR,
                verifiers.verify("", "x", JsonNodeFactory.instance.objectNode()).outcome());
        assertThrows(InvalidVerifierException.class, () -> verifiers.check(spec("alchemy")));
        try (Verifiers failing = Verifiers.with(List.of(new Constant(null)))) {
            assertEquals(
                    Outcome.ERROR, failing.verify("", "x", spec("constant")).outcome());
        }
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode spec(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /** A verifier made for this test: always the same verdict, or an exception where there is none. */
    private static final class Constant implements Verifier {

        private final Verdict verdict;
        private final AtomicInteger calls = new AtomicInteger();

        Constant(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public String type() {
            return "constant";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void check(JsonNode spec) {}

        @Override
        public boolean costly() {
            return true;
        }

        @Override
        public Verdict verify(String prompt, String response, JsonNode spec) {
            calls.incrementAndGet();
            if (verdict == null) {
                throw new IllegalStateException("broken");
            }
            return verdict;
        }

        @Override
        public List<Canary> canaries() {
            return List.of(
                    new Canary("known good", "", "good", spec("constant"), Outcome.PASS),
                    new Canary("known bad", "", "bad", spec("constant"), Outcome.FAIL));
        }
    }
}
