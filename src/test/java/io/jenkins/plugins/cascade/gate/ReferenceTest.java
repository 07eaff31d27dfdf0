package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every formula against scipy and statsmodels; the numbers come from bench/reference/gate_reference.py. */
class ReferenceTest {

    private static final JsonNode REFERENCE = read();

    @ParameterizedTest
    @MethodSource("tCases")
    void tBoundsAndPlanningNumbersAgreeWithScipyAndStatsmodels(String name, JsonNode expected) {
        BenchmarkDecision decision = decide(expected, expected.get("margin").asDouble());

        assertTrue(decision.method().endsWith(" t"), decision.method());
        near(expected, "difference", decision.difference());
        near(expected, "standardError", decision.standardError());
        near(expected, "lower", decision.lower());
        near(expected, "upper", decision.upper());
        near(expected, "passIfUnchanged", decision.passIfUnchanged());
        near(expected, "provableMargin", decision.provableMargin());
        assertEquals(expected.get("itemsNeeded").asInt(), decision.itemsNeeded());
        if (expected.get("fixedItemStandardError").isNull()) {
            assertTrue(Double.isNaN(decision.fixedItemStandardError()));
        } else {
            near(expected, "fixedItemStandardError", decision.fixedItemStandardError());
        }
    }

    static Stream<Arguments> tCases() {
        return cases("t").map(node -> arguments(node.get("name").asText(), node));
    }

    @ParameterizedTest
    @MethodSource("tangoCases")
    void tangoBoundsAgreeWithTheNumericallyConstrainedLikelihood(String name, JsonNode expected) {
        int lost = expected.get("lost").asInt();
        int won = expected.get("won").asInt();
        Interval interval = new TangoInterval(lost, won, expected.get("n").asInt())
                .at(Normal.exceededWith(REFERENCE.get("alpha").asDouble()));

        assertEquals(expected.get("lower").asDouble(), interval.lower(), 1e-6);
        assertEquals(expected.get("upper").asDouble(), interval.upper(), 1e-6);
        assertEquals(expected.get("mcNemar").asDouble(), DegradationTest.mcNemar(lost, won), 1e-12);
    }

    static Stream<Arguments> tangoCases() {
        return cases("tango").map(node -> arguments(node.get("lost") + " lost, " + node.get("won") + " won", node));
    }

    @ParameterizedTest
    @MethodSource("boundedCases")
    void boundsOfABoundedMeanAgreeWithTheirDefinitionAndWithClopperPearson(JsonNode expected) {
        UnitShape shape = new UnitShape(doubles(expected.get("values")), 1);
        double lower =
                BoundedMeanInterval.of(shape, REFERENCE.get("alpha").asDouble()).lower();

        assertEquals(expected.get("lower").asDouble(), lower, 0.003);
        if (!expected.get("clopperPearson").isNull()) {
            assertEquals(expected.get("clopperPearson").asDouble(), lower, 0.003);
        }
    }

    static Stream<Arguments> boundedCases() {
        return cases("bounded").map(Arguments::arguments);
    }

    @ParameterizedTest
    @MethodSource("signFlipCases")
    void theSignFlipTestAgreesWithScipysPermutationTest(String name, JsonNode expected) {
        BenchmarkDecision decision = decide(expected, 0.03);

        assertEquals(expected.get("p").asDouble(), decision.degradationP(), 0.01);
    }

    static Stream<Arguments> signFlipCases() {
        return cases("signFlip").map(node -> arguments(node.get("name").asText(), node));
    }

    @ParameterizedTest
    @MethodSource("holmCases")
    void holmAgreesWithStatsmodels(JsonNode expected) {
        double[] p = doubles(expected.get("p")).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        boolean[] rejected = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            rejected[i] = expected.get("rejected").get(i).asBoolean();
        }

        assertArrayEquals(rejected, Holm.rejected(p, REFERENCE.get("alpha").asDouble()));
    }

    static Stream<Arguments> holmCases() {
        return cases("holm").map(Arguments::arguments);
    }

    private static BenchmarkDecision decide(JsonNode node, double margin) {
        Map<String, BenchmarkScores> baseline = scores(node, "baseline");
        Map<String, BenchmarkScores> candidate = scores(node, "candidate");
        GatePolicy policy = GatePolicy.of(Gate.protect("b", margin));
        return new GateEvaluator()
                .evaluate(baseline, candidate, policy, 1)
                .benchmarks()
                .get(0);
    }

    private static Map<String, BenchmarkScores> scores(JsonNode node, String side) {
        List<ItemScores> items = new ArrayList<>();
        for (JsonNode samples : node.get(side)) {
            JsonNode clusters = node.path("clusters");
            String cluster = clusters.isArray() ? clusters.get(items.size()).asText() : null;
            items.add(new ItemScores(Integer.toString(items.size()), cluster, doubles(samples), null));
        }
        return Scores.of("b", items);
    }

    private static void near(JsonNode expected, String field, double actual) {
        assertEquals(expected.get(field).asDouble(), actual, 1e-9, field);
    }

    private static List<Double> doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }

    private static Stream<JsonNode> cases(String kind) {
        return StreamSupport.stream(REFERENCE.get(kind).spliterator(), false);
    }

    private static JsonNode read() {
        try (InputStream in = ReferenceTest.class.getResourceAsStream("reference.json")) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
