package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The published scores after every stage, and per-item scores that have them as their means and the benchmark's standard error as
 * the error of a difference. MMLU-Pro has "more than 12,000" items in the paper; LiveCodeBench v5 is given the error of v6.
 */
final class PaperResults {

    static final int TRANSITIONS = 5;

    private final JsonNode root;

    PaperResults() {
        try (InputStream in = PaperResults.class.getResourceAsStream("paper-results.json")) {
            root = JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> models() {
        return names(root.get("scores"));
    }

    List<String> benchmarks() {
        return names(root.get("benchmarks"));
    }

    String stage(int index) {
        return root.get("stages").get(index).asText();
    }

    /** Change from one stage to the next in tenths of a point, as an integer because the tables have one decimal. */
    int tenths(String model, String benchmark, int transition) {
        return tenthsBetween(model, benchmark, transition, transition + 1);
    }

    int tenthsBetween(String model, String benchmark, int from, int to) {
        JsonNode scores = root.get("scores").get(model).get(benchmark);
        return (int)
                Math.round(10 * (scores.get(to).asDouble() - scores.get(from).asDouble()));
    }

    double margin(String benchmark) {
        return root.get("benchmarks").get(benchmark).get("margin").asDouble() / 100;
    }

    List<Gate> gates() {
        return benchmarks().stream().map(b -> Gate.protect(b, margin(b))).toList();
    }

    /** Scores of the model before a comparison of two stages. */
    Map<String, BenchmarkScores> before(String model, int from, int to) {
        return side(model, from, from, to, -1);
    }

    /** Scores of the model after it. */
    Map<String, BenchmarkScores> after(String model, int from, int to) {
        return side(model, to, from, to, 1);
    }

    private Map<String, BenchmarkScores> side(String model, int stage, int from, int to, int sign) {
        Map<String, BenchmarkScores> side = new LinkedHashMap<>();
        for (String benchmark : benchmarks()) {
            JsonNode about = root.get("benchmarks").get(benchmark);
            int items = about.get("items").asInt();
            double error = about.get("standardError").asDouble() / 100;
            double mean =
                    root.get("scores").get(model).get(benchmark).get(stage).asDouble() / 100;
            double change = tenthsBetween(model, benchmark, from, to) / 1000.0;
            List<ItemScores> list = items >= 500 && !benchmark.equals("IFEval") && !benchmark.equals("SWE-V")
                    ? table(items, error, change, sign)
                    : spread(items, error, mean, sign);
            side.put(benchmark, new BenchmarkScores(benchmark, "paper", list));
        }
        return side;
    }

    /** One 0/1 sample an item: as many items lost and won as give the change and its error. */
    private static List<ItemScores> table(int items, double error, double change, int sign) {
        double net = items * change;
        double discordant = error * error * items * (items - 1.0) + net * net / items;
        long lost = Math.round((discordant - net) / 2);
        long won = Math.round((discordant + net) / 2);
        List<ItemScores> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            boolean right = i < lost ? sign < 0 : i >= lost + won || sign > 0;
            list.add(ItemScores.of(Integer.toString(i), right ? 1 : 0));
        }
        return list;
    }

    /** Averages of many samples: every item moves by the mean change and up or down by the same amount. */
    private static List<ItemScores> spread(int items, double error, double mean, int sign) {
        int moving = items - items % 2;
        double half = error * Math.sqrt(items * (items - 1.0) / moving) / 2;
        List<ItemScores> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            double move = i >= moving ? 0 : i % 2 == 0 ? half : -half;
            list.add(ItemScores.of(Integer.toString(i), mean + sign * move));
        }
        return list;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
