package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A calibration for a terminal, one sentence a benchmark, or as JSON: shares, errors and margins as fractions. */
public final class SelfCalibrationText {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SelfCalibrationText() {}

    /** The sentences, lines ended by a line feed. No control characters. */
    public static String sentences(SelfCalibration calibration) {
        StringBuilder text = new StringBuilder();
        calibration.findings().forEach(finding -> line(text, finding.sentence()));
        line(text, calibration.verdict() + ". " + calibration.summary());
        return text.toString();
    }

    /** <code>{"verdict","summary","benchmarks":[{"benchmark","selfStandardError","passIfUnchanged",...}]}</code> and a line feed. */
    public static String json(SelfCalibration calibration) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("verdict", calibration.verdict().name());
        root.put("summary", calibration.summary());
        ArrayNode benchmarks = root.putArray("benchmarks");
        calibration.findings().forEach(finding -> benchmarks.add(object(finding)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode object(SelfFinding finding) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("benchmark", finding.benchmark());
        node.put("kind", GateJson.kind(finding.kind()));
        GateJson.number(node, "margin", finding.margin());
        node.put("n", finding.n());
        node.put("samplesPerSide", finding.samplesPerSide());
        node.put("comparisons", finding.comparisons());
        GateJson.number(node, "passed", finding.passed());
        GateJson.number(node, "inconclusive", finding.inconclusive());
        GateJson.number(node, "regressed", finding.regressed());
        GateJson.number(node, "dropShown", finding.dropShown());
        GateJson.number(node, "selfStandardError", finding.standardError());
        GateJson.number(node, "passIfUnchanged", finding.passIfUnchanged());
        node.put("unstable", finding.unstable());
        node.put("verdict", finding.verdict().name());
        node.put("sentence", finding.sentence());
        return node;
    }

    private static void line(StringBuilder text, String sentence) {
        text.append(GateTable.printable(sentence)).append('\n');
    }
}
