package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What an answer that is no success says, in one sentence. */
final class Refusal {
    private static final JsonMapper JSON = new JsonMapper();

    private Refusal() {}

    static TrackingException of(MlflowAddress address, String call, int status, HttpHeaders headers, byte[] body) {
        Duration retryAfter =
                headers.firstValue("Retry-After").map(Answers::retryAfter).orElse(Duration.ZERO);
        if (status >= 300 && status < 400) {
            String target = headers.firstValue("Location").orElse("nowhere");
            return new TrackingException(
                    "MLflow at " + address + " redirects to " + Answers.printable(target)
                            + "; set MLFLOW_TRACKING_URI to the address that answers",
                    status,
                    "",
                    retryAfter,
                    null);
        }
        JsonNode error = error(new String(body, StandardCharsets.UTF_8));
        String code = Answers.printable(error.path("error_code").asText(""));
        String text = code.isEmpty()
                ? ""
                : ": " + code + ", " + Answers.printable(error.path("message").asText(""));
        return new TrackingException(
                "MLflow at " + address + " answered " + status + " to " + call + text, status, code, retryAfter, null);
    }

    private static JsonNode error(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? JSON.missingNode() : node;
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
