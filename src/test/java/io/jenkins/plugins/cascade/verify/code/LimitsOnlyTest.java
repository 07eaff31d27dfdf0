package io.jenkins.plugins.cascade.verify.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox of a machine that allows no namespaces: what must hold there too. */
class LimitsOnlyTest {

    private static final CodeVerifier VERIFIER = new CodeVerifier(Limits.STANDARD.within(2, 4), 1, false);
    private static final String DOUBLING = "{'type':'code','tests':[{'input':'4\\n','output':'8\\n'}]}";
    private static final String CHECK = "{'type':'code','entry_point':'f','test_code':'def check(candidate):\\n"
            + "    assert candidate(2) == 4\\n    assert candidate(3) == 6\\n'}";

    @AfterAll
    static void endSandboxes() {
        VERIFIER.close();
    }

    @Test
    void saysThatOnlyLimitsHold() {
        Verdict verdict = VERIFIER.verify("", "print(int(input()) * 2)", spec(DOUBLING));
        assertEquals(Outcome.PASS, verdict.outcome(), verdict::detail);
        assertTrue(verdict.extra().get("isolation").toString().contains("limits only"), () -> verdict.extra()
                .toString());
    }

    @Test
    void judgesTheKnownAnswersAsKnown() {
        try (Verifiers verifiers = Verifiers.with(List.of(new CodeVerifier(Limits.STANDARD, 1, false)))) {
            verifiers.runCanaries(List.of("code"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endless loop | while True: pass | time limit",
                "50 GB | x = bytearray(50 << 30) | MemoryError",
                "endless output | while True: print('x' * 1000) | output limit",
                "environment | import os; assert not [n for n in os.environ if n not in ('PATH', 'LANG', 'HOME', 'LC_CTYPE')]; raise ValueError('clean') | clean",
                "more privileges | import os; os.setuid(0) if os.getuid() else None; raise ValueError('root') | PermissionError",
            })
    void stopsAProgramAtItsLimits(String name, String program, String reason) {
        Verdict verdict = VERIFIER.verify("", program, spec(DOUBLING));
        assertEquals(Outcome.FAIL, verdict.outcome(), verdict::detail);
        assertTrue(verdict.detail().contains(reason), verdict::detail);
        assertStillWorks();
    }

    @Test
    void survivesAForkBomb() {
        String bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass";
        assertEquals(Outcome.FAIL, VERIFIER.verify("", bomb, spec(DOUBLING)).outcome());
        assertStillWorks();
    }

    /** Only a server that runs as root can give a program a user of its own; under any other this would end the tests. */
    @Test
    void keepsAProgramFromOtherProcessesByAUserOfItsOwn() {
        assumeTrue("root".equals(System.getProperty("user.name")));
        String killer = "import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)";
        assertEquals(Outcome.FAIL, VERIFIER.verify("", killer, spec(DOUBLING)).outcome());
        assertStillWorks();
    }

    @Test
    void failsAProgramThatLeavesBeforeTheAssertions() {
        for (String program : List.of(
                "import sys\nsys.exit(0)",
                "def f(x):\n    import os\n    os._exit(0)",
                "class Same(int):\n    def __eq__(self, other): return True\ndef f(x): return Same(1)")) {
            assertEquals(Outcome.FAIL, VERIFIER.verify("", program, spec(CHECK)).outcome(), program);
        }
    }

    @Test
    void endsWhatLeftTheGroupOfItsProgram() {
        String mark = "cascade-leaver-" + System.nanoTime();
        String leaver = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.close(1)\n    os.close(2)\n"
                + "    if os.fork() == 0:\n        os.execv('/bin/sh', ['" + mark
                + "', '-c', 'sleep 300; true'])\n    os._exit(0)\n"
                + "time.sleep(0.2)\nprint(8)";
        Verdict verdict = VERIFIER.verify("", leaver, spec(DOUBLING));
        assertEquals(Outcome.PASS, verdict.outcome(), verdict::detail);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (running(mark).isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        assertEquals(Optional.empty(), running(mark));
    }

    private static Optional<ProcessHandle> running(String mark) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(mark)
                        || List.of(process.info().arguments().orElse(new String[0]))
                                .contains(mark))
                .findAny();
    }

    private static void assertStillWorks() {
        Verdict next = VERIFIER.verify("", "print(int(input()) * 2)", spec(DOUBLING));
        assertEquals(Outcome.PASS, next.outcome(), next::detail);
    }

    private static JsonNode spec(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
