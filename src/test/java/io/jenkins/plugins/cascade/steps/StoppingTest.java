package io.jenkins.plugins.cascade.steps;

import static io.jenkins.plugins.cascade.steps.Stopping.Act.ASK;
import static io.jenkins.plugins.cascade.steps.Stopping.Act.GIVE_UP;
import static io.jenkins.plugins.cascade.steps.Stopping.Act.KILL;
import static io.jenkins.plugins.cascade.steps.Stopping.Act.NOTHING;
import static io.jenkins.plugins.cascade.steps.Stopping.Act.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From a request to the end of a trainer. */
class StoppingTest {
    private final Stopping stopping = new Stopping();

    @Test
    void doesNothingUntilSomebodyStopsIt() {
        assertEquals(NOTHING, at(0));
        assertEquals(NOTHING, at(1000));
    }

    @Test
    void asksOnceThenKillsWhenTheGraceIsOver() {
        stopping.request(Duration.ofSeconds(120));
        assertEquals(ASK, at(5));
        assertEquals(WAIT, at(6));
        assertEquals(WAIT, at(124));
        assertEquals(KILL, at(125));
        assertEquals(WAIT, at(126));
        assertEquals(WAIT, at(150));
        assertEquals(GIVE_UP, at(151));
    }

    @Test
    void theSecondRequestKillsAtOnce() {
        stopping.request(Duration.ofSeconds(120));
        assertEquals(ASK, at(0));
        stopping.request(Duration.ofSeconds(120));
        assertEquals(KILL, at(1));
    }

    @Test
    void twoRequestsBeforeTheFirstLookKillWithoutAsking() {
        stopping.request(Duration.ofSeconds(120));
        stopping.request(Duration.ofSeconds(120));
        assertEquals(KILL, at(0));
    }

    @Test
    void withoutGraceItIsAskedAndKilledAtTheNextLook() {
        stopping.request(Duration.ZERO);
        assertEquals(ASK, at(0));
        assertEquals(KILL, at(1));
    }

    @Test
    void whatTheAgentDidNotHearIsDoneAgain() {
        stopping.request(Duration.ofSeconds(10));
        assertEquals(ASK, at(0));
        stopping.again(ASK);
        assertEquals(ASK, at(3));
        assertEquals(WAIT, at(12));
        assertEquals(KILL, at(13));
        stopping.again(KILL);
        assertEquals(KILL, at(14));
        assertEquals(WAIT, at(15));
    }

    private Stopping.Act at(long second) {
        return stopping.at(Duration.ofSeconds(second).toNanos());
    }
}
