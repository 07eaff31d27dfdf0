package io.jenkins.plugins.cascade.local.syntax;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code post} section.
 *
 * @param blocks iterates in Jenkins' order of conditions, never in the order of the text
 */
public record Post(Map<Condition, Block> blocks) {
    /** No post conditions. */
    public static final Post NONE = new Post(Map.of());

    public Post {
        EnumMap<Condition, Block> ordered = new EnumMap<>(Condition.class);
        ordered.putAll(blocks);
        blocks = Collections.unmodifiableMap(ordered);
    }

    /** The conditions in the order of their ordinals in pipeline-model-definition (1000 for always, -10000 for cleanup). */
    public enum Condition {
        ALWAYS("always"),
        CHANGED("changed"),
        FIXED("fixed"),
        REGRESSION("regression"),
        ABORTED("aborted"),
        SUCCESS("success"),
        UNSUCCESSFUL("unsuccessful"),
        UNSTABLE("unstable"),
        FAILURE("failure"),
        NOT_BUILT("notBuilt"),
        CLEANUP("cleanup");

        private final String symbol;

        Condition(String symbol) {
            this.symbol = symbol;
        }

        /** The name in a Jenkinsfile. */
        public String symbol() {
            return symbol;
        }

        static Optional<Condition> of(String symbol) {
            return Arrays.stream(values())
                    .filter(condition -> condition.symbol.equals(symbol))
                    .findFirst();
        }

        static List<String> symbols() {
            return Arrays.stream(values()).map(Condition::symbol).toList();
        }
    }
}
