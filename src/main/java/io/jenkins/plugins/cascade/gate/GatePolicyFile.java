package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code GATES.json}: <code>{"alpha":0.05,"gates":[{"benchmark","margin","kind"}],"tolerate":[{"benchmark","maxDrop","recoverBy",
 * "reason"}]}</code>, and optionally {@code power}, {@code maxLooks}, {@code candidates}, and per gate {@code requiredGain} and
 * {@code selfStandardError}.
 */
final class GatePolicyFile {

    private static final long LARGEST_FILE = 1 << 20;
    private static final Set<String> POLICY = Set.of("alpha", "power", "gates", "tolerate", "maxLooks", "candidates");
    private static final Set<String> GATE = Set.of("benchmark", "margin", "kind", "requiredGain", "selfStandardError");
    private static final Set<String> TOLERANCE = Set.of("benchmark", "maxDrop", "recoverBy", "reason");

    private GatePolicyFile() {}

    static GatePolicy read(Path file) throws IOException {
        String json = text(file);
        try {
            return policy(JsonFields.parse(json, "the policy", POLICY));
        } catch (JsonFields.Mismatch | IllegalArgumentException e) {
            throw new InvalidInputException(file, e.getMessage());
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file, "this is a folder; name a policy file.");
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(file, "a policy of more than 1 MiB is not read.");
            }
            String json = Files.readString(file, StandardCharsets.UTF_8);
            return json.startsWith("\uFEFF") ? json.substring(1) : json;
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file, "there is no such file; name an existing policy file.");
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file, "the file is not UTF-8 text.");
        }
    }

    private static GatePolicy policy(JsonFields json) throws JsonFields.Mismatch {
        List<Gate> gates = new ArrayList<>();
        Map<String, Double> selfErrors = new HashMap<>();
        for (JsonFields gate : json.objects("gates", "gate", GATE)) {
            gates.add(gate(gate));
            if (gate.has("selfStandardError")) {
                selfErrors.put(gate.text("benchmark"), gate.number("selfStandardError"));
            }
        }
        return new GatePolicy(
                json.number("alpha", GatePolicy.DEFAULT_ALPHA),
                json.number("power", GatePolicy.DEFAULT_POWER),
                gates,
                tolerances(json),
                json.integer("maxLooks", 1),
                json.integer("candidates", 1),
                selfErrors);
    }

    private static Gate gate(JsonFields json) throws JsonFields.Mismatch {
        Gate.Kind kind = kind(json.textOrNull("kind"));
        double margin = kind == Gate.Kind.TARGET ? json.number("margin", 0) : json.number("margin");
        return new Gate(json.text("benchmark"), margin, kind, json.number("requiredGain", 0));
    }

    private static Gate.Kind kind(String name) throws JsonFields.Mismatch {
        if (name == null) {
            return Gate.Kind.PROTECT;
        }
        for (Gate.Kind kind : Gate.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw new JsonFields.Mismatch("the kind \"" + name + "\" is unknown: write protect, watch or target.");
    }

    private static List<Tolerance> tolerances(JsonFields json) throws JsonFields.Mismatch {
        List<Tolerance> tolerances = new ArrayList<>();
        if (json.has("tolerate")) {
            for (JsonFields tolerance : json.objects("tolerate", "tolerance", TOLERANCE)) {
                tolerances.add(new Tolerance(
                        tolerance.text("benchmark"),
                        tolerance.number("maxDrop"),
                        tolerance.text("recoverBy"),
                        tolerance.text("reason")));
            }
        }
        return tolerances;
    }
}
