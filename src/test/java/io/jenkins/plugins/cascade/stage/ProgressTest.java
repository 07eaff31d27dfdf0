package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Map<String, Double> METRICS =
            Map.of("train/loss", 1.23456, "reward/mean", 0.5, "speed/tokens_per_second", 1530.0);

    private final List<String> lines = new ArrayList<>();
    private final List<String> moving = new ArrayList<>();

    @Test
    void showsBarLossRewardSpeedAndTimeLeft() {
        assertEquals(
                "policy [######------------------] 10/40  loss 1.2346  reward 0.500  1.5k tokens/s  1:00 left",
                Progress.text(step("policy", 1, 40, 0), step("policy", 10, 40, 18_000), true));
    }

    @Test
    void printsBothEndsOfAPhaseAndNoFloodBetweenThem() {
        Progress progress = Progress.local(host(false), "math");
        for (int step = 1; step <= 500; step++) {
            progress.event(step("reward-model", step, 500, step), false);
        }
        progress.event(step("policy", 1, 9, 501), false);
        progress.event(step("policy", 2, 9, 502), false);
        progress.end();
        assertEquals(List.of("1/500", "500/500", "1/9", "2/9"), steps());
        assertFalse(String.join("", lines).matches("(?s).*\\p{Cntrl}.*"));
        assertEquals(List.of(), moving);
    }

    @Test
    void showsNoStepOfAnEarlierAttemptAndCountsTheTimeLeftFromTheNewOne() {
        Progress progress = Progress.local(host(false), "math");
        for (int step = 1; step <= 40; step++) {
            progress.event(step("policy", step, 80, step * 1000L), true);
        }
        StageEvent start =
                new StageEvent(StageEvent.Kind.START, "policy", 40, 80, 5_000_000, Map.of(), "Goes on from step-40");
        progress.event(start, true);
        progress.event(step("policy", 41, 80, 5_002_000), false);
        progress.event(step("policy", 80, 80, 5_080_000), false);
        assertEquals(List.of("41/80", "80/80"), steps());
        assertTrue(lines.get(0).endsWith("1:18 left"), lines.get(0));
    }

    @Test
    void printsNoMoreThanTwoHundredLinesOfATrainerThatNeverStopsReporting() {
        Progress progress = Progress.remote(host(false), "math");
        for (int i = 0; i < 1000; i++) {
            progress.event(new StageEvent(StageEvent.Kind.WARNING, "sft", 1, 2, 1, Map.of(), "warning " + i), false);
            progress.event(step("phase-" + i, 1, 1, i), false);
        }
        assertEquals(201, lines.size());
        assertTrue(lines.get(200).contains("reports too much"), lines.get(200));
    }

    @Test
    void movesOneLineOnATerminalAndClearsItAtTheEnd() {
        Progress progress = Progress.local(host(true), "math");
        progress.event(step("sft", 1, 2, 1), false);
        progress.event(
                new StageEvent(StageEvent.Kind.WARNING, "sft", 1, 2, 1, Map.of(), "three lines are too long"), false);
        progress.event(step("sft", 2, 2, 2), false);
        progress.end();
        assertEquals(List.of("[math] warning: three lines are too long"), lines);
        assertEquals(3, moving.size());
        assertEquals("", moving.get(2));
    }

    @Test
    void saysWhatABenchmarkCameToAndWhatExplainsIt() {
        assertEquals(
                "math: 40.6 %, 13.9 tokens an answer",
                Progress.score(score(Map.of(
                        "eval/math",
                        0.4061,
                        "eval/math/length",
                        13.91,
                        "eval/math/truncated",
                        0.0,
                        "eval/math/errors",
                        0.0))));
        assertEquals(
                "math: no item could be judged, 40.0 tokens an answer, 12.5 % cut off, 3 items not judged",
                Progress.score(score(
                        Map.of("eval/math/length", 40.0, "eval/math/truncated", 0.125, "eval/math/errors", 3.0))));
    }

    private static StageEvent score(Map<String, Double> metrics) {
        return new StageEvent(StageEvent.Kind.SCORE, "evaluation", 9, 9, 1, metrics, "math");
    }

    @Test
    void writesTimesWithHoursWhereThereAreSome() {
        assertEquals("0:09", Progress.clock(9));
        assertEquals("59:59", Progress.clock(3599));
        assertEquals("1:00:01", Progress.clock(3601));
    }

    private List<String> steps() {
        return lines.stream()
                .map(line -> line.replaceFirst("^\\[math\\] [a-z-]+ (\\S+).*", "$1"))
                .toList();
    }

    private static StageEvent step(String phase, int step, int total, long millis) {
        return new StageEvent(StageEvent.Kind.STEP, phase, step, total, millis, METRICS, "");
    }

    private StageHost host(boolean interactive) {
        return new StageHost() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void progress(String text) {
                moving.add(text);
            }

            @Override
            public boolean interactive() {
                return interactive;
            }

            @Override
            public Path workingDirectory() {
                return Path.of("");
            }

            @Override
            public Map<String, String> environment() {
                return Map.of();
            }

            @Override
            public CancelSignal cancelSignal() {
                return CancelSignal.NEVER;
            }
        };
    }
}
