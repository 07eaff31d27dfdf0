package io.jenkins.plugins.cascade.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link Lineage} as a tree for people: the checkpoint at the top, the model at the beginning at the bottom. */
public final class LineageText {
    private static final int SHOWN_DIGITS = 12;
    private static final String INDENT = "   ";
    private static final String ALGORITHM = "sha256:";

    private LineageText() {}

    /** The tree, one line each, without line ends and without control characters. */
    public static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        int depth = 0;
        for (int i = lineage.generations().size() - 1; i >= 0; i--) {
            generation(lineage.generations().get(i), depth++, lines);
        }
        ancestor(lineage.ancestor(), depth, lines);
        return lines;
    }

    private static void generation(Generation generation, int depth, List<String> lines) {
        lines.add(branch(depth) + title(generation));
        String below = INDENT.repeat(depth) + "│  ";
        lines.add(below + "checkpoint " + generation.checkpointDigest());
        lines.add(below + "key " + digits(generation.key()) + ", seed " + generation.seed() + build(generation));
        if (!generation.message().isEmpty()) {
            lines.add(below + UntrustedFile.printable(generation.message()));
        }
        for (Generation.Source source : generation.data()) {
            lines.add(below + UntrustedFile.printable(source.role()) + ": " + UntrustedFile.printable(source.name())
                    + " " + digits(source.digest()));
        }
        if (generation.settings() != null && !FlatJson.of(generation.settings()).isEmpty()) {
            lines.add(below + "settings: " + settings(generation));
        }
    }

    private static String title(Generation generation) {
        String kind = generation.kind().name().toLowerCase(Locale.ROOT);
        String domain = generation.domain() == null ? "" : " " + generation.domain();
        String verdict = generation.status() == null
                ? "judged elsewhere, see the build's record"
                : generation.status() + ", gate " + generation.verdict();
        return UntrustedFile.printable(generation.stage() + " (" + kind + domain + "): " + verdict);
    }

    private static String build(Generation generation) {
        Generation.Origin origin = generation.origin();
        String run = generation.mlflowRunId() == null ? "" : ", MLflow run " + generation.mlflowRunId();
        if (origin == null) {
            return UntrustedFile.printable(run);
        }
        String commit = origin.commit() == null ? ", commit unknown" : ", commit " + origin.commit();
        return UntrustedFile.printable(", build " + origin.cascade() + " #" + origin.build() + commit + run);
    }

    private static String settings(Generation generation) {
        List<String> settings = new ArrayList<>();
        FlatJson.of(generation.settings()).forEach((name, value) -> {
            if (!name.equals("kind")) {
                settings.add(name + " " + value);
            }
        });
        return UntrustedFile.printable(String.join(", ", settings));
    }

    private static void ancestor(Lineage.Ancestor ancestor, int depth, List<String> lines) {
        String what = ancestor.base()
                ? "base model " + ancestor.name()
                : "checkpoint " + ancestor.name() + ", whose own ancestors are missing: its folder had no "
                        + LineageFile.NAME + " that belongs to it";
        lines.add(branch(depth) + UntrustedFile.printable(what));
        lines.add(INDENT.repeat(depth) + ancestor.digest());
    }

    private static String branch(int depth) {
        return depth == 0 ? "" : INDENT.repeat(depth - 1) + "└─ ";
    }

    private static String digits(String digest) {
        String hex = digest.startsWith(ALGORITHM) ? digest.substring(ALGORITHM.length()) : digest;
        return hex.substring(0, Math.min(SHOWN_DIGITS, hex.length()));
    }
}
