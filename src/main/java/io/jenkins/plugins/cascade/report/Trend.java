package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The builds of a job, one after the other.
 *
 * @param builds oldest first
 */
public record Trend(List<BuildSummary> builds) {
    public Trend {
        builds = List.copyOf(builds);
    }

    /** Place of the champion; empty where no build qualifies. */
    public OptionalInt champion() {
        return Champion.of(builds);
    }

    /** Number of the champion's build; empty where no build qualifies. */
    public OptionalInt championNumber() {
        OptionalInt champion = champion();
        return champion.isEmpty()
                ? champion
                : OptionalInt.of(builds.get(champion.getAsInt()).number());
    }

    /** All benchmarks that any build was scored on, by name. */
    public List<String> benchmarks() {
        TreeSet<String> names = new TreeSet<>();
        builds.forEach(build -> names.addAll(build.scores().keySet()));
        return List.copyOf(names);
    }

    /**
     * A benchmark over the builds. A build that ended well is joined with the one before it that did; another one hangs on that by a
     * dotted line, because nothing went on from it.
     */
    List<ScorePoint> over(String benchmark) {
        List<ScorePoint> points = new ArrayList<>();
        int standing = -1;
        for (int i = 0; i < builds.size(); i++) {
            BuildSummary build = builds.get(i);
            GateVerdict verdict = build.verdicts().get(benchmark);
            ScorePoint point = new ScorePoint(
                    "#" + build.number(),
                    build.scores().get(benchmark),
                    verdict == null ? Tone.PLAIN : Tone.of(verdict),
                    standing,
                    build.endedWell());
            points.add(point);
            standing = point.drawn() && point.accepted() ? i : standing;
        }
        return points;
    }
}
