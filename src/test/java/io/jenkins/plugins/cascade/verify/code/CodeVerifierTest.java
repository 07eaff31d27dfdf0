package io.jenkins.plugins.cascade.verify.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeVerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CodeVerifier VERIFIER = new CodeVerifier(Limits.STANDARD.within(5, 20), 2);
    private static final String DOUBLING =
            "{'type':'code','tests':[{'input':'4\\n','output':'8\\n'},{'input':'5\\n','output':'10\\n'}]}";
    private static final String CHECK = "{'type':'code','entry_point':'f','test_code':'def check(candidate):\\n"
            + "    assert candidate(2) == 4\\n    assert candidate(3) == 6\\n'}";
    private static final String CASES =
            "{'type':'code','entry_point':'f','cases':[{'args':[2],'result':4},{'args':[3],'result':6}]}";

    @AfterAll
    static void endSandboxes() {
        VERIFIER.close();
    }

    @Test
    void passesAProgramThatPrintsWhatIsExpected() {
        assertOutcome(Outcome.PASS, "Here it is:\n```python\nprint(int(input()) * 2)\n```\nDone.", DOUBLING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "print(int(input()) * 3)",
                "print(8)",
                "print(int(input()) * 2); raise ValueError('late')",
                "print(int(input()) * 2); import sys; sys.exit(3)",
                "syntax error (",
                "",
                "<think>print(int(input()) * 2)"
            })
    void failsAProgramThatDoesNotPassAllTests(String program) {
        assertOutcome(Outcome.FAIL, program, DOUBLING);
    }

    @Test
    void comparesDecimalsWithToleranceAndTokensExactly() {
        String spec = "{'type':'code','tests':[{'input':'','output':'0.3333333333 yes'}]}";
        assertOutcome(Outcome.PASS, "print(1/3, 'yes')", spec);
        assertOutcome(Outcome.FAIL, "print(0.334, 'yes')", spec);
        assertOutcome(Outcome.FAIL, "print(1/3, 'Yes')", spec);
    }

    @Test
    void passesAFunctionThatHoldsAllAssertions() {
        assertOutcome(Outcome.PASS, "def f(x):\n    return 2 * x", CHECK);
        assertOutcome(Outcome.FAIL, "def f(x):\n    return x * x", CHECK);
    }

    @Test
    void givesTestCodeWhatTheFunctionDidToItsArguments() {
        String spec =
                "{'type':'code','entry_point':'f','test_code':'def check(c):\\n    a = [2, 1]\\n    c(a)\\n    assert a == [1, 2]\\n'}";
        assertOutcome(Outcome.PASS, "def f(a):\n    a.sort()", spec);
        assertOutcome(Outcome.FAIL, "def f(a):\n    pass", spec);
    }

    @Test
    void letsTestCodeUseOtherFunctionsOfTheProgramAndExpectExceptions() {
        String spec = "{'type':'code','entry_point':'f','test_code':'def check(c):\\n    assert helper(c(1)) == 3\\n"
                + "    try:\\n        c(None)\\n        assert False\\n    except TypeError:\\n        pass\\n'}";
        assertOutcome(Outcome.PASS, "def helper(x):\n    return x + 1\ndef f(x):\n    return x + 1", spec);
    }

    @Test
    void judgesPlainAssertionsWithoutAnEntryPoint() {
        String spec = "{'type':'code','test_code':'assert f(1) == (1, {2})\\nassert f(2) == (2, {3})'}";
        assertOutcome(Outcome.PASS, "def f(x):\n    return x, {x + 1}", spec);
        assertOutcome(Outcome.FAIL, "def f(x):\n    return [x, {x + 1}]", spec);
    }

    @Test
    void comparesTheResultsOfCalls() {
        assertOutcome(Outcome.PASS, "def f(x):\n    return 2 * x", CASES);
        assertOutcome(Outcome.FAIL, "def f(x):\n    return 4", CASES);
        assertOutcome(Outcome.FAIL, "def f(x):\n    return '4'", CASES);
        assertOutcome(Outcome.FAIL, "def g(x):\n    return 2 * x", CASES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import sys\nsys.exit(0)",
                "import os\nos._exit(0)",
                "def f(x):\n    import sys\n    sys.exit(0)",
                "def f(x):\n    import os\n    os._exit(0)",
                "class Same:\n    def __eq__(self, other): return True\ndef f(x): return Same()",
                "class Same(int):\n    def __eq__(self, other): return True\ndef f(x): return Same(1)",
                "import builtins\nbuiltins.AssertionError = type('Never', (Exception,), {})\ndef f(x): return 0",
                "import json\njson.dumps = lambda value: '{\"result\": 4, \"args\": []}'\ndef f(x): return 0",
                "import sys\nsys.modules['operator'] = None\ndef f(x): raise SystemExit(0)",
                "def check(candidate): pass\ndef f(x): return 0",
                "import gc\ndef f(x):\n    for thing in gc.get_objects():\n"
                        + "        if type(thing) is dict and 'test_code' in thing: return 2 * x\n    return 0",
                "import inspect\ndef f(x):\n    for frame in inspect.stack():\n"
                        + "        if 'candi' + 'date(2)' in str(frame.frame.f_locals): return 2 * x\n    return 0",
                "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\0\\0\\0\\x2d{\"passed\": true, \"detail\": \"\", \"result\": 4}  ')\n"
                        + "    except OSError: pass\ndef f(x): return 0",
            })
    void failsAProgramThatAttacksTheChecks(String program) {
        assertOutcome(Outcome.FAIL, program, CHECK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endless loop | while True: pass | time limit",
                "endless loop in C | sum(range(10**18)) | time limit",
                "sleeps | import time; time.sleep(1000) | time limit",
                "50 GB | x = bytearray(50 << 30) | MemoryError",
                "endless output | while True: print('x' * 1000) | output limit",
                "environment | import os; assert not [n for n in os.environ if n not in ('PATH', 'LANG', 'HOME', 'LC_CTYPE')]; raise ValueError('clean') | clean",
            })
    void stopsAProgramAtItsLimits(String name, String program, String reason) {
        CodeVerifier strict = new CodeVerifier(Limits.STANDARD.within(1, 3), 1);
        try {
            Verdict verdict = strict.verify("", program, spec(DOUBLING));
            assertEquals(Outcome.FAIL, verdict.outcome(), verdict::detail);
            assertTrue(verdict.detail().contains(reason), verdict::detail);
        } finally {
            strict.close();
        }
    }

    @Test
    void survivesAForkBombAndEndsEveryProcessOfIt() {
        String bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass";
        CodeVerifier strict = new CodeVerifier(Limits.STANDARD.within(2, 4), 1);
        try {
            assertEquals(Outcome.FAIL, strict.verify("", bomb, spec(DOUBLING)).outcome());
            Verdict next = strict.verify("", "print(int(input()) * 2)", spec(DOUBLING));
            assertEquals(Outcome.PASS, next.outcome(), next::detail);
        } finally {
            strict.close();
        }
    }

    @Test
    void refusesSpecificationsThatCannotBeUsed() {
        for (String text : List.of(
                "{'type':'code'}",
                "{'type':'code','tests':[]}",
                "{'type':'code','tests':[{'input':'1'}]}",
                "{'type':'code','test_code':3}",
                "{'type':'code','cases':[{'args':[1],'result':1}]}",
                "{'type':'code','tests':[{'input':'','output':''}],'time_limit_seconds':0}")) {
            assertThrows(InvalidVerifierException.class, () -> VERIFIER.check(spec(text)), text);
            assertEquals(
                    Outcome.ERROR, VERIFIER.verify("", "print(1)", spec(text)).outcome(), text);
        }
    }

    @Test
    void saysWhatHeldTheProgramIn() {
        Verdict verdict = VERIFIER.verify("", "print(1)", spec(DOUBLING));
        assertFalse(((List<?>) verdict.extra().get("isolation")).isEmpty());
    }

    private static void assertOutcome(Outcome expected, String response, String spec) {
        Verdict verdict = VERIFIER.verify("", response, spec(spec));
        assertEquals(expected, verdict.outcome(), () -> response + "\n" + verdict.detail());
    }

    private static JsonNode spec(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
