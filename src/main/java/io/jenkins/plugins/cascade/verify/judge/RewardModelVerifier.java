package io.jenkins.plugins.cascade.verify.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Asks a reward model: {@code {"type":"reward-model"}}, optionally with {@code "scale":"sigmoid"} (the default, 0..1) or
 * {@code "raw"} (as the model gives it, any number), and {@code "reference"}, a response to compare with.
 *
 * <p>The endpoint is sent {@code {"prompt":"...","response":"..."}} and answers {@code {"score":1.25}}, a logit. The response is
 * the part behind {@code </think>}; one that never ends its thoughts is sent whole, which the model should dislike
 * (Nemotron-Cascade, arXiv 2512.13607, section 4.3). The outcome is PASS if the score is above the reference's, without a
 * reference if the logit is at least 0. The endpoint comes from {@code CASCADE_REWARD_URL} and {@code CASCADE_REWARD_KEY}; one
 * that fails is ERROR or TIMEOUT.
 */
public final class RewardModelVerifier implements Verifier {

    /** The environment variables begin with this name: {@code CASCADE_REWARD_URL} and {@code CASCADE_REWARD_KEY}. */
    public static final String VARIABLES = "CASCADE_REWARD";

    private static final Set<String> KNOWN = Set.of("type", "scale", "reference");
    private static final Set<String> SCALES = Set.of("sigmoid", "raw");
    private static final String THOUGHTS_END = "</think>";
    private static final int MAX_RESPONSE = 500_000;

    private final Endpoint endpoint;
    private final JsonEndpoint http;

    private final String absence;

    /** A verifier that asks a reward model. */
    public RewardModelVerifier(Endpoint endpoint, HttpSettings settings) {
        this(endpoint, settings, null);
    }

    private RewardModelVerifier(Endpoint endpoint, HttpSettings settings, String absence) {
        this.endpoint = endpoint;
        this.http = endpoint == null ? null : new JsonEndpoint(endpoint, settings);
        this.absence = absence;
    }

    /** A verifier that asks the model the environment names; where it names none, or one that cannot be used, every specification is refused. */
    public static RewardModelVerifier from(Map<String, String> environment) {
        try {
            return new RewardModelVerifier(
                    Endpoint.from(environment, VARIABLES).orElse(null),
                    HttpSettings.STANDARD,
                    "A reward-model verifier needs the environment variable " + VARIABLES
                            + "_URL, the address that takes {\"prompt\",\"response\"} and answers {\"score\"}.");
        } catch (InvalidVerifierException e) {
            return new RewardModelVerifier(null, HttpSettings.STANDARD, e.getMessage());
        }
    }

    @Override
    public String type() {
        return "reward-model";
    }

    @Override
    public String version() {
        return endpoint == null ? "1" : "1 " + endpoint + " " + endpoint.model();
    }

    @Override
    public boolean costly() {
        return true;
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public void check(JsonNode spec) {
        if (http == null) {
            throw new InvalidVerifierException(absence);
        }
        Texts.check("reward-model", spec, KNOWN);
        if (!SCALES.contains(spec.path("scale").asText("sigmoid"))) {
            throw new InvalidVerifierException("A reward-model verifier's 'scale' must be 'sigmoid' or 'raw'.");
        }
    }

    @Override
    public Verdict verify(String prompt, String response, JsonNode spec) {
        try {
            check(spec);
        } catch (InvalidVerifierException e) {
            return Verdict.error(e.getMessage());
        }
        if (response.length() > MAX_RESPONSE) {
            return Verdict.error(
                    "The response is longer than the " + MAX_RESPONSE + " characters that are sent to a reward model.");
        }
        try {
            double logit = score(prompt, response);
            double bar =
                    spec.has("reference") ? score(prompt, spec.get("reference").asText()) : 0;
            boolean passes = spec.has("reference") ? logit > bar : logit >= bar;
            boolean raw = spec.path("scale").asText("sigmoid").equals("raw");
            return new Verdict(
                    passes ? Outcome.PASS : Outcome.FAIL,
                    raw ? logit : 1 / (1 + Math.exp(-logit)),
                    String.format(Locale.ROOT, "the reward model gives %.4f", logit),
                    Map.of());
        } catch (EndpointException e) {
            return e.verdict();
        }
    }

    private double score(String prompt, String response) throws EndpointException {
        int end = response.lastIndexOf(THOUGHTS_END);
        String answer = end < 0
                ? response
                : response.substring(end + THOUGHTS_END.length()).stripLeading();
        JsonNode score = http.post(JsonNodeFactory.instance
                        .objectNode()
                        .put("prompt", prompt)
                        .put("response", answer))
                .path("score");
        if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
            throw EndpointException.lasting(
                    "The reward model at " + endpoint + " answered without a finite number 'score'.", null);
        }
        return score.doubleValue();
    }

    @Override
    public List<Canary> canaries() {
        String question = "How do I boil an egg?";
        String good =
                "Put the egg into boiling water, wait about eight minutes, then cool it in cold water and peel it.";
        String bad = "egg egg egg I do not care, find out yourself";
        return List.of(
                new Canary("the better answer", question, good, against(bad), Outcome.PASS),
                new Canary("the worse answer", question, bad, against(good), Outcome.FAIL));
    }

    private ObjectNode against(String reference) {
        return JsonNodeFactory.instance.objectNode().put("type", type()).put("reference", reference);
    }
}
