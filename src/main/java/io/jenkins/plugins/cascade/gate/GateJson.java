package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A decision as JSON: <code>{"verdict","summary","look","benchmarks":[{"benchmark","n","difference","standardError","lower",
 * "upper","margin","verdict",...}],"pooled":{...},"debts":[...]}</code>, and with several baselines
 * <code>"further":[{"baseline","decision":{...}}]</code>. Scores, differences, errors and bounds are fractions; a
 * number that does not exist is null.
 */
public final class GateJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private GateJson() {}

    /** The decision as an indented JSON object. */
    public static String write(GateDecision decision) {
        return object(decision).toPrettyString();
    }

    /** The decision as a JSON tree, for a larger document. */
    public static ObjectNode object(GateDecision decision) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("verdict", decision.verdict().name());
        root.put("summary", decision.summarySentence());
        root.put("releasable", decision.releasable());
        root.set("look", look(decision.look()));
        ArrayNode benchmarks = root.putArray("benchmarks");
        decision.benchmarks().forEach(benchmark -> benchmarks.add(benchmark(benchmark)));
        root.set("pooled", decision.pooled() == null ? MAPPER.nullNode() : pooled(decision.pooled()));
        ArrayNode debts = root.putArray("debts");
        decision.debts().forEach(debt -> debts.add(debt(debt)));
        if (!decision.further().isEmpty()) {
            ArrayNode further = root.putArray("further");
            decision.further().forEach(other -> further.addObject()
                    .put("baseline", other.baseline())
                    .set("decision", object(other.decision())));
        }
        return root;
    }

    private static ObjectNode look(Look look) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("number", look.number());
        node.put("planned", look.planned());
        node.put("alpha", look.alpha());
        return node;
    }

    private static ObjectNode benchmark(BenchmarkDecision decision) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("benchmark", decision.benchmark());
        node.put("kind", kind(decision.kind()));
        node.put("n", decision.n());
        node.put("clusters", decision.clusters());
        node.put("baselineSamples", decision.baselineSamples());
        node.put("candidateSamples", decision.candidateSamples());
        number(node, "baseline", decision.baseline());
        number(node, "candidate", decision.candidate());
        number(node, "difference", decision.difference());
        number(node, "standardError", decision.standardError());
        number(node, "fixedItemStandardError", decision.fixedItemStandardError());
        number(node, "lower", decision.lower());
        number(node, "upper", decision.upper());
        node.put("method", decision.method());
        number(node, "margin", decision.margin());
        number(node, "requiredGain", decision.requiredGain());
        number(node, "resolution", decision.resolution());
        number(node, "passIfUnchanged", decision.passIfUnchanged());
        number(node, "provableMargin", decision.provableMargin());
        node.put("itemsNeeded", decision.itemsNeeded());
        number(node, "degradationP", decision.degradationP());
        node.put("warning", decision.warning());
        node.put("refused", decision.refused());
        if (decision.tolerance() != null) {
            ObjectNode tolerance = node.putObject("tolerance");
            tolerance.put("maxDrop", decision.tolerance().maxDrop());
            tolerance.put("recoverBy", decision.tolerance().recoverBy());
            tolerance.put("reason", decision.tolerance().reason());
        }
        node.put("verdict", decision.verdict().name());
        node.put("sentence", decision.sentence());
        return node;
    }

    private static ObjectNode pooled(PooledDecision decision) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("benchmarks", decision.benchmarks());
        number(node, "difference", decision.difference());
        number(node, "standardError", decision.standardError());
        number(node, "lower", decision.lower());
        number(node, "upper", decision.upper());
        node.put("warning", decision.warning());
        node.put("sentence", decision.sentence());
        return node;
    }

    private static ObjectNode debt(Debt debt) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("benchmark", debt.benchmark());
        node.put("baseline", debt.baseline());
        node.put("baselineDigest", debt.baselineDigest());
        number(node, "baselineScore", debt.baselineScore());
        number(node, "drop", debt.drop());
        number(node, "margin", debt.margin());
        node.put("openedBy", debt.openedBy());
        node.put("recoverBy", debt.recoverBy());
        node.put("reason", debt.reason());
        node.put("status", debt.status().name());
        node.put("repaidBy", debt.repaidBy());
        return node;
    }

    /** The kind as policy files write it. */
    static String kind(Gate.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static void number(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        } else {
            node.putNull(field);
        }
    }
}
