package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A record as an earlier build wrote it must stay readable: a change that breaks this needs a new schema version. */
class ExampleRecordTest {
    @Test
    void aStoredRecordOfThisSchemaIsStillRead() throws IOException, URISyntaxException {
        Path stored = Path.of(
                Objects.requireNonNull(getClass().getResource("paper-8b.json")).toURI());
        assertEquals(Examples.paper(), CascadeFile.read(stored));
    }
}
