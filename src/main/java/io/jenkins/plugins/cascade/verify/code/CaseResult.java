package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Map;

/** Whether what a function returned, in the sandbox's tagged JSON, is an expected plain JSON value. Tuples count as lists. */
final class CaseResult {

    private static final double TOLERANCE = 1e-9;

    private CaseResult() {}

    static boolean same(JsonNode expected, JsonNode actual) {
        if (actual == null) {
            return false;
        }
        if (expected.isNumber()) {
            return sameNumber(expected, actual);
        }
        if (expected.isArray()) {
            return sameList(expected, actual.isObject() && actual.has("t") ? actual.get("t") : actual);
        }
        if (expected.isObject()) {
            return actual.isObject() && actual.has("d") && sameMap(expected, actual.get("d"));
        }
        return expected.equals(actual);
    }

    private static boolean sameNumber(JsonNode expected, JsonNode actual) {
        if (actual.isObject() && actual.has("f")) {
            double theirs = float64(actual.get("f").asText());
            double ours = expected.doubleValue();
            return Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(ours));
        }
        if (actual.isObject() && actual.has("i")) {
            String hex = actual.get("i").asText().replace("0x", "");
            return expected.isIntegralNumber() && new BigInteger(hex, 16).equals(expected.bigIntegerValue());
        }
        return actual.isIntegralNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }

    private static double float64(String hex) {
        return switch (hex) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(hex);
        };
    }

    private static boolean sameList(JsonNode expected, JsonNode actual) {
        boolean same = actual.isArray() && actual.size() == expected.size();
        for (int at = 0; same && at < expected.size(); at++) {
            same = same(expected.get(at), actual.get(at));
        }
        return same;
    }

    private static boolean sameMap(JsonNode expected, JsonNode pairs) {
        if (pairs.size() != expected.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            boolean found = false;
            for (JsonNode pair : pairs) {
                found |= pair.get(0).asText().equals(field.getKey()) && same(field.getValue(), pair.get(1));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
