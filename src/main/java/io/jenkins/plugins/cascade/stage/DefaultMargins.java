package io.jenkins.plugins.cascade.stage;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Non-inferiority margins of the paper's benchmarks, for gates that name none: what its evaluation sizes can decide (2.5 to 3.7 standard
 * errors of the paired difference). A benchmark of any other name has no default, because a margin depends on the items.
 */
public final class DefaultMargins {
    private static final Map<String, Double> POINTS = Map.ofEntries(
            Map.entry("mmlu", 1.0),
            Map.entry("mmlu-pro", 1.5),
            Map.entry("gpqa-diamond", 3.5),
            Map.entry("arena-hard", 4.0),
            Map.entry("ifeval", 1.5),
            Map.entry("ifbench", 3.0),
            Map.entry("aime24", 3.5),
            Map.entry("aime25", 3.5),
            Map.entry("livecodebench-v6", 2.5),
            Map.entry("swe-bench-verified", 3.0));
    private static final double HUNDRED = 100;

    private DefaultMargins() {}

    /** The margin as a fraction, where the benchmark has one; upper and lower case and {@code _} for {@code -} make no difference. */
    public static Optional<Double> of(String benchmark) {
        String name = benchmark.toLowerCase(Locale.ROOT).replace('_', '-');
        return Optional.ofNullable(POINTS.get(name)).map(points -> points / HUNDRED);
    }
}
