package io.jenkins.plugins.cascade.steps;

import static io.jenkins.plugins.cascade.steps.AgentAbsence.Verdict.AWAY;
import static io.jenkins.plugins.cascade.steps.AgentAbsence.Verdict.GONE;
import static io.jenkins.plugins.cascade.steps.AgentAbsence.Verdict.LOST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long an agent may be away. */
class AgentAbsenceTest {
    private final AgentAbsence absence = new AgentAbsence(Duration.ofMinutes(5));

    @Test
    void isToldOnceAndLostAfterFiveMinutes() {
        assertEquals(GONE, failed(100));
        assertEquals(AWAY, failed(110));
        assertEquals(AWAY, failed(400));
        assertEquals(LOST, failed(401));
    }

    @Test
    void anAnswerStartsTheClockAgain() {
        assertEquals(GONE, failed(0));
        assertEquals(AWAY, failed(299));
        assertTrue(absence.answered());
        assertFalse(absence.answered());
        assertEquals(GONE, failed(301));
        assertEquals(AWAY, failed(600));
    }

    private AgentAbsence.Verdict failed(long second) {
        return absence.failed(Duration.ofSeconds(second).toNanos());
    }
}
