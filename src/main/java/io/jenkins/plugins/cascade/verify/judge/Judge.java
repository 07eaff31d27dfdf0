package io.jenkins.plugins.cascade.verify.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.FinalAnswer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that answers YES or NO, asked by the chat completions call of OpenAI's API, which vLLM, SGLang, llama.cpp and others
 * serve too. Its address is the base up to {@code /v1}. Safe for use by several threads.
 */
public final class Judge {

    /** The environment variables begin with this name: {@code CASCADE_JUDGE_URL}, {@code _KEY} and {@code _MODEL}. */
    public static final String VARIABLES = "CASCADE_JUDGE";

    private static final int TOP_TOKENS = 20;
    private static final int MAX_TOKENS = 2048;
    private static final Pattern WORD = Pattern.compile("^\\W*+(YES|NO)\\b", Pattern.CASE_INSENSITIVE);

    private final Endpoint endpoint;
    private final JsonEndpoint http;

    /** @param endpoint its address is the base, such as {@code https://host/v1} */
    public Judge(Endpoint endpoint, HttpSettings settings) {
        this.endpoint = endpoint.at("/chat/completions");
        this.http = new JsonEndpoint(this.endpoint, settings);
    }

    /**
     * The judge that the environment names; empty if it names none.
     *
     * @throws io.jenkins.plugins.cascade.verify.InvalidVerifierException if the variables cannot be used
     */
    public static Optional<Judge> from(Map<String, String> environment) {
        return Endpoint.from(environment, VARIABLES).map(endpoint -> new Judge(endpoint, HttpSettings.STANDARD));
    }

    /** What verdicts depend on: the address and the model's name, without the key. */
    public String identity() {
        return endpoint + " " + endpoint.model();
    }

    /**
     * Asks.
     *
     * @param prompt the question's form
     * @param texts what it is about, by the names of the places
     * @return the probability of YES, 0..1: of the token where the endpoint tells probabilities, else 0 or 1 by the answer's text
     * @throws EndpointException if the endpoint fails or answers neither YES nor NO
     */
    public double ask(JudgePrompt prompt, Map<String, String> texts) throws EndpointException {
        JsonNode choice = http.post(request(prompt.fill(texts))).path("choices").path(0);
        OptionalDouble told = probability(choice.path("logprobs").path("content"));
        if (told.isPresent()) {
            return told.getAsDouble();
        }
        Matcher word = WORD.matcher(
                FinalAnswer.of(choice.path("message").path("content").asText("")));
        if (!word.find()) {
            throw EndpointException.lasting("The judge at " + endpoint + " answered neither YES nor NO.", null);
        }
        return word.group(1).equalsIgnoreCase("YES") ? 1 : 0;
    }

    private ObjectNode request(String question) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!endpoint.model().isEmpty()) {
            body.put("model", endpoint.model());
        }
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", JudgePrompt.SYSTEM);
        messages.addObject().put("role", "user").put("content", question);
        return body.put("temperature", 0)
                .put("max_tokens", MAX_TOKENS)
                .put("logprobs", true)
                .put("top_logprobs", TOP_TOKENS);
    }

    /** The probability of YES at the first token after the judge's thoughts that is YES or NO; mass on other words counts against it. */
    private static OptionalDouble probability(JsonNode tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.path("token").asText("")));
        int start = text.lastIndexOf("</think>");
        int at = 0;
        for (JsonNode token : tokens) {
            String word = word(token);
            if (at >= start && (word.equals("YES") || word.equals("NO"))) {
                return OptionalDouble.of(yes(token, word));
            }
            at += token.path("token").asText("").length();
        }
        return OptionalDouble.empty();
    }

    private static double yes(JsonNode token, String word) {
        JsonNode alternatives = token.path("top_logprobs");
        if (alternatives.isEmpty()) {
            double chosen = Math.exp(token.path("logprob").asDouble(0));
            return within(word.equals("YES") ? chosen : 1 - chosen);
        }
        double yes = 0;
        for (JsonNode alternative : alternatives) {
            yes += word(alternative).equals("YES")
                    ? Math.exp(alternative.path("logprob").asDouble(Double.NEGATIVE_INFINITY))
                    : 0;
        }
        return within(yes);
    }

    private static String word(JsonNode token) {
        return token.path("token").asText("").strip().toUpperCase(Locale.ROOT);
    }

    private static double within(double probability) {
        return Math.max(0, Math.min(1, probability));
    }
}
