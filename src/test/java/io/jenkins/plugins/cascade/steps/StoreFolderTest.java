package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Where an agent keeps stages. */
class StoreFolderTest {
    @Test
    void isInTheWorkspaceUnlessAnAbsoluteFolderIsSet() {
        assertEquals("/ws/job/.cascade", StoreFolder.of(null, "/ws/job"));
        assertEquals("/ws/job/models/store", StoreFolder.of("models/store", "/ws/job"));
        assertEquals("/srv/cascade", StoreFolder.of("/srv/cascade", "/ws/job"));
    }
}
