package io.jenkins.plugins.cascade.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.ModelException;
import io.jenkins.plugins.cascade.model.ThinkingMode;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.DataException;
import io.jenkins.plugins.cascade.recipe.DataLine;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A benchmark, validated and encoded for one model.
 *
 * @param spec name, samples and sampling
 * @param items in the order of the file
 */
public record Benchmark(BenchmarkSpec spec, List<BenchmarkItem> items) {
    public Benchmark {
        items = List.copyOf(items);
    }

    /**
     * Reads lines {@code {"id","prompt","verifier","cluster"?,"mode"?}}.
     *
     * @param maxPositions longest sequence that the model can take, in tokens
     * @throws DataException naming file, line and reason
     */
    public static Benchmark read(BenchmarkSpec spec, ChatEncoder encoder, Verifiers verifiers, int maxPositions) {
        int limit = maxPositions - spec.sampling().maxTokens();
        Set<String> ids = new HashSet<>();
        List<BenchmarkItem> items = new ArrayList<>();
        for (DataLine line : DataLine.readAll(spec.path())) {
            BenchmarkItem item = item(line, encoder, verifiers);
            if (!ids.add(item.id())) {
                throw line.problem("the id '" + item.id() + "' was given to an earlier line already");
            }
            if (item.tokens().length > limit) {
                throw line.problem("the prompt has " + item.tokens().length + " tokens, but at most " + limit
                        + " leave room for an answer");
            }
            items.add(item);
        }
        return new Benchmark(spec, items);
    }

    private static BenchmarkItem item(DataLine line, ChatEncoder encoder, Verifiers verifiers) {
        String id = line.text("id");
        List<ChatMessage> messages = line.prompt().stream()
                .map(message -> new ChatMessage(message.role(), message.content()))
                .toList();
        JsonNode verifier = line.object("verifier");
        try {
            verifiers.check(verifier);
            String text = messages.get(messages.size() - 1).content();
            String mode = line.textOrNull("mode");
            List<ChatMessage> asked =
                    mode == null ? messages : ThinkingMode.named(mode).mark(messages);
            return new BenchmarkItem(id, line.textOrNull("cluster"), text, encoder.prompt(asked), verifier);
        } catch (InvalidVerifierException | ModelException e) {
            throw line.problem(e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    /** The verifier types that the items name, sorted. */
    public Set<String> verifierTypes() {
        Set<String> types = new TreeSet<>();
        items.forEach(item -> types.add(item.verifier().get("type").textValue()));
        return types;
    }

    /** Tokens of the longest prompt. */
    public int longestPrompt() {
        return items.stream().mapToInt(item -> item.tokens().length).max().orElse(0);
    }
}
