package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The {@link ForestPlot} in characters, for places that show text only, such as the check of a pull request. */
final class ForestText {
    private static final int WIDTH = 41;
    private static final int LONGEST_NAME = 24;
    private static final char ZERO = '│';
    private static final char LIMIT = '┊';

    private ForestText() {}

    /** A line for each benchmark that has numbers, and a legend; empty where none has. */
    static List<String> lines(GateDecision decision) {
        List<BenchmarkDecision> rows = decision.benchmarks().stream()
                .filter(row -> Scale.fits(row.lower()) && Scale.fits(row.upper()) && Scale.fits(row.difference()))
                .toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        Scale scale = ForestPlot.of(decision).scale();
        Scale columns = new Scale(scale.from(), scale.to(), 0, WIDTH - 1.0);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, columns)));
        lines.add(" ".repeat(LONGEST_NAME) + "  " + ZERO + " no change   " + LIMIT
                + " margin or required gain   ├─●─┤ bounds");
        return lines;
    }

    private static String line(BenchmarkDecision row, Scale columns) {
        char[] cells = new char[WIDTH];
        Arrays.fill(cells, ' ');
        cells[column(columns, 0)] = ZERO;
        double limit = ForestPlot.limit(row);
        if (Scale.fits(limit)) {
            cells[column(columns, limit)] = LIMIT;
        }
        int from = column(columns, row.lower());
        int to = column(columns, row.upper());
        for (int i = from; i <= to; i++) {
            cells[i] = cells[i] == ' ' ? '─' : '┼';
        }
        cells[from] = '├';
        cells[to] = '┤';
        cells[column(columns, row.difference())] = '●';
        String name = plain(row.benchmark());
        return name + " ".repeat(LONGEST_NAME - name.length()) + "  " + new String(cells).stripTrailing();
    }

    private static int column(Scale columns, double value) {
        return (int) Math.max(0, Math.min(WIDTH - 1.0, Math.rint(columns.at(value))));
    }

    /** A name that ends no block of code and moves no cursor. */
    private static String plain(String name) {
        String text = name.replaceAll("[^A-Za-z0-9 _.:/-]", "?");
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }
}
