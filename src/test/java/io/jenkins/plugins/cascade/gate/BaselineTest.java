package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    private static final String MATH = "{\"benchmark\":\"math\",\"item\":\"1\",\"samples\":[1],\"fingerprint\":\"f\"}";
    private static final String CODE = "{\"benchmark\":\"code\",\"item\":\"1\",\"samples\":[0],\"fingerprint\":\"g\"}";

    @TempDir
    Path folder;

    @Test
    void aFileKeepsItsNameAndTheFingerprintOfEachBenchmark() throws IOException {
        Baseline baseline = file("a.jsonl", MATH, CODE);

        assertEquals(folder.resolve("a.jsonl").toString(), baseline.reference());
        assertEquals("f", baseline.scores().get("math").fingerprint());
        assertEquals("g", baseline.scores().get("code").fingerprint());
    }

    @Test
    void theDigestTellsScoresAndFingerprintsButNotTheirOrder() throws IOException {
        String digest = file("a.jsonl", MATH, CODE).digest();

        assertEquals(digest, file("b.jsonl", CODE, MATH).digest());
        assertNotEquals(
                digest, file("c.jsonl", MATH, CODE.replace("[0]", "[1]")).digest());
        assertNotEquals(
                digest, file("d.jsonl", MATH, CODE.replace("\"g\"", "\"h\"")).digest());
        assertNotEquals(digest, file("e.jsonl", MATH).digest());
    }

    @Test
    void aFileThatIsNoScoreFileIsRefused() {
        assertThrows(InvalidInputException.class, () -> Baseline.file(folder.resolve("absent")));
    }

    private Baseline file(String name, String... lines) throws IOException {
        return Baseline.file(Files.write(folder.resolve(name), List.of(lines)));
    }
}
