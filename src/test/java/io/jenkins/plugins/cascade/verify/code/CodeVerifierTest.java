package io.jenkins.plugins.cascade.verify.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeVerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CodeVerifier VERIFIER = new CodeVerifier(Limits.STANDARD.within(5, 20), 2);
    private static final CodeVerifier LIMITS_ONLY = new CodeVerifier(Limits.STANDARD.within(5, 20), 1, false);
    private static final String DOUBLING =
            "{'type':'code','tests':[{'input':'4\\n','output':'8\\n'},{'input':'5\\n','output':'10\\n'}]}";
    private static final String ONE_LINE = "{'type':'code','tests':[{'input':'','output':'8'}]}";
    private static final String CHECK = "{'type':'code','entry_point':'f','test_code':'def check(candidate):\\n"
            + "    assert candidate(2) == 4\\n    assert candidate(3) == 6\\n'}";
    private static final String CASES =
            "{'type':'code','entry_point':'f','cases':[{'args':[2],'result':4},{'args':[3],'result':6}]}";

    @AfterAll
    static void endSandboxes() {
        VERIFIER.close();
        LIMITS_ONLY.close();
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

    /** What a program must not reach where the machine has namespaces; each program prints what it reached. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a server on the internet | import socket; socket.create_connection(('1.1.1.1', 53), 2)",
                "a server on this machine | import socket, sys; socket.create_connection(('127.0.0.1', PORT), 2)",
                "files outside | open('/usr/cascade-was-here', 'w')",
                "the root directory | open('/cascade-was-here', 'w')",
                "files of this process | open('FILE').read()",
                "the environment of other processes | open('/proc/1/environ').read()",
                "its parent | import os; os.kill(os.getppid(), 9); os.kill(os.getppid(), 0); raise SystemExit(5)",
                "more privileges | import os; os.setuid(0)",
                "other file systems | import ctypes, os; l = ctypes.CDLL(None); raise SystemExit(l.mount(b'none', b'/tmp', b'tmpfs', 0, b'') & 1)",
            })
    void keepsAProgramFromTheOutside(String name, String program) throws IOException {
        Path file = Files.writeString(Files.createTempFile("cascade-secret", ".txt"), "secret");
        try (ServerSocket server = new ServerSocket(0)) {
            String attack = program.replace("PORT", String.valueOf(server.getLocalPort()))
                    .replace("FILE", file.toString());
            Verdict verdict = VERIFIER.verify("", attack + "\nprint(8)", spec(ONE_LINE));
            assumeTrue(verdict.extra().get("isolation").toString().contains("own read-only files"));
            assertEquals(Outcome.FAIL, verdict.outcome(), verdict::detail);
            assertFalse(Files.exists(Path.of("/usr/cascade-was-here")));
            Verdict next = VERIFIER.verify("", "print(8)", spec(ONE_LINE));
            assertEquals(Outcome.PASS, next.outcome(), next::detail);
        } finally {
            Files.delete(file);
        }
    }

    /** System calls whose work outlives a program or reaches past namespaces; each program fails where the call is refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory that outlives it | assert l.shmget(4242, 4096, 0o1666) >= 0",
                "messages that outlive it | assert l.msgget(4242, 0o1666) >= 0",
                "keys of its user | assert l.add_key(b'user', b'cascade', b'x', 1, -3) >= 0",
                "another process | assert l.ptrace(0x4206, os.getppid(), 0, 0) == 0",
                "namespaces of its own | assert l.unshare(0x10000000) == 0",
                "sockets of the host | socket.socket(40, socket.SOCK_STREAM)",
                "sockets of the network | socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
                "sockets of the kernel | socket.socket(16, socket.SOCK_RAW)",
            })
    void refusesSystemCallsThatNoProgramNeeds(String name, String call) {
        String start = "import ctypes, os, socket\nl = ctypes.CDLL(None)\nl.add_key = getattr(l, 'add_key', None) or"
                + " (lambda *a: l.syscall(248 if os.uname().machine == 'x86_64' else 217, *a))\n";
        for (CodeVerifier verifier : List.of(VERIFIER, LIMITS_ONLY)) {
            Verdict verdict = verifier.verify("", start + call + "\nprint(8)", spec(ONE_LINE));
            assumeTrue(verdict.extra().get("isolation").toString().contains("filtered system calls"));
            assertEquals(Outcome.FAIL, verdict.outcome(), verdict::detail);
        }
    }

    @Test
    void letsAProgramTalkToItself() {
        assertOutcome(
                Outcome.PASS,
                "import asyncio, socket\na, b = socket.socketpair()\na.send(b'8')\n"
                        + "async def f(): return b.recv(1).decode()\nprint(asyncio.run(f()))",
                ONE_LINE);
    }

    @Test
    void anEndOfIterationDoesNotEndTheChecks() {
        assertOutcome(
                Outcome.FAIL,
                "def f(x): raise StopIteration",
                "{'type':'code','entry_point':'f','test_code':'def check(c):\\n    assert all(map(lambda x: c(x) == 2, [1]))'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from collections import defaultdict\ndef f(x):\n    d = defaultdict(int)\n    d[x] += 2\n    return d",
                "from collections import Counter\ndef f(x): return Counter([x, x])",
                "from collections import OrderedDict\ndef f(x): return OrderedDict([(x, 2)])",
                "class Own(dict):\n    pass\ndef f(x): return Own({x: 2})",
            })
    void takesTheDataOfSubclasses(String program) {
        assertOutcome(Outcome.PASS, program, "{'type':'code','entry_point':'f','test_code':'assert f(1) == {1: 2}'}");
        assertOutcome(Outcome.FAIL, program, "{'type':'code','entry_point':'f','test_code':'assert f(2) == {1: 2}'}");
    }

    @Test
    void aNamedTupleIsATuple() {
        assertOutcome(
                Outcome.PASS,
                "from collections import namedtuple\nP = namedtuple('P', 'a b')\ndef f(x): return P(x, x + 1)",
                "{'type':'code','entry_point':'f','test_code':'assert f(1) == (1, 2)'}");
    }

    @Test
    void anErrorOfTheProgramsOwnIsOfTheKindItExtends() {
        assertOutcome(
                Outcome.PASS,
                "class Own(ValueError): pass\ndef f(x): raise Own('no')",
                "{'type':'code','entry_point':'f','test_code':'try:\\n    f(1)\\n    assert False\\nexcept ValueError:\\n    pass'}");
    }

    @Test
    void leavesNothingOfAProgramBehind() {
        String leaver = "import os, time\nopen('/tmp/note', 'w').write('x')\nif os.fork() == 0:\n    os.setsid()\n"
                + "    os.close(1)\n    os.close(2)\n    if os.fork() == 0:\n        while True: time.sleep(0.01); open('/tmp/alive', 'a').write('x')\n"
                + "print(8)";
        String watcher =
                "import os, time\ntime.sleep(0.1)\nprint(8 if os.listdir('/tmp') == [] else os.listdir('/tmp'))";
        CodeVerifier single = new CodeVerifier(Limits.STANDARD.within(3, 6), 1);
        try {
            Verdict first = single.verify("", leaver, spec(ONE_LINE));
            assumeTrue(first.extra().get("isolation").toString().contains("own processes"));
            assertEquals(Outcome.PASS, first.outcome(), first::detail);
            Verdict second = single.verify("", watcher, spec(ONE_LINE));
            assertEquals(Outcome.PASS, second.outcome(), second::detail);
        } finally {
            single.close();
        }
    }

    @Test
    void replacesASandboxThatWasKilled() {
        Set<ProcessHandle> before = sandboxes();
        CodeVerifier single = new CodeVerifier(Limits.STANDARD.within(3, 6), 1);
        try {
            assertEquals(
                    Outcome.PASS, single.verify("", "print(8)", spec(ONE_LINE)).outcome());
            Set<ProcessHandle> own = sandboxes();
            own.removeAll(before);
            assertFalse(own.isEmpty());
            own.forEach(ProcessHandle::destroyForcibly);
            own.forEach(process -> process.onExit().join());
            Verdict next = single.verify("", "print(8)", spec(ONE_LINE));
            assertEquals(Outcome.PASS, next.outcome(), next::detail);
        } finally {
            single.close();
        }
    }

    @Test
    void endsItsProcessesWhenItIsClosed() {
        Set<ProcessHandle> before = sandboxes();
        CodeVerifier single = new CodeVerifier(Limits.STANDARD, 1);
        single.verify("", "print(8)", spec(ONE_LINE));
        Set<ProcessHandle> own = sandboxes();
        own.removeAll(before);
        assertFalse(own.isEmpty());
        single.close();
        own.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        assertEquals(
                Outcome.ERROR, single.verify("", "print(8)", spec(ONE_LINE)).outcome());
    }

    private static Set<ProcessHandle> sandboxes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("cascade-verify"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void judgesManyProgramsSideBySide() {
        List<Verdict> verdicts = IntStream.range(0, 60)
                .parallel()
                .mapToObj(number -> VERIFIER.verify("", "def f(x):\n    return x * " + number, spec(CASES)))
                .toList();
        for (int number = 0; number < verdicts.size(); number++) {
            assertEquals(
                    number == 2 ? Outcome.PASS : Outcome.FAIL,
                    verdicts.get(number).outcome());
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
