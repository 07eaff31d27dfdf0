package io.jenkins.plugins.cascade.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the TorchScript program of a decoder. The architecture is fixed in the text: a marker such as {@code $heads} becomes a
 * number, {@code $q_proj.weight} the expression that reads this weight of the layer at hand ({@code w[p + 1]}), or {@code None}
 * for a bias that the architecture does not have.
 *
 * <p>Shapes in the comments: B sequences, T positions, d hidden width, V vocabulary, H query heads, K key-value heads, D head width.
 * Sequences of a training batch are padded on the right: causal attention then needs no mask. Prompts are padded on the left, so
 * that the next token of every sequence has the same slot in the cache.
 */
final class DecoderSource {
    private static final String LAYER =
            """
              # Rows of the embedding, in the type that the layers compute in.
              def embed(self, tokens: Tensor, w: List[Tensor]) -> Tensor:
                return torch.to(torch.embedding(w[0], tokens), $compute)

              # Head outputs in float32 of hidden states [N, d], by the head's weight.
              def head(self, h: Tensor, head: Tensor) -> Tensor:
                return $head_outputs

              # The weights in the type that the layers compute in, so that decoding does not convert them for every token.
              def computed(self, w: List[Tensor]) -> List[Tensor]:
                converted = annotate(List[Tensor], [])
                for i in range(torch.len(w)):
                  converted.append(torch.to(w[i], $compute))
                return converted

              # Takes from the float32 weights what the type of this number does not hold.
              def round(self, w: List[Tensor], type: int) -> None:
                for i in range(torch.len(w)):
                  rounded = torch.copy_(w[i], torch.to(torch.to(w[i], type), $float32))

              def norm(self, x: Tensor, weight: Tensor) -> Tensor:
                return torch.rms_norm(x, [torch.size(x, -1)], weight, $eps)

              # Angles of positions [..., T]: cosine and sine, both [..., T, D].
              def rope(self, positions: Tensor, frequencies: Tensor) -> Tuple[Tensor, Tensor]:
                half = torch.mul(torch.unsqueeze(torch.to(positions, $float32), -1), frequencies)
                angles = torch.cat([half, half], -1)
                return (torch.to($cos, $compute), torch.to($sin, $compute))

              def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                low = torch.narrow(x, -1, 0, $half_dim)
                high = torch.narrow(x, -1, $half_dim, $half_dim)
                return torch.add(torch.mul(x, cos), torch.mul(torch.cat([torch.neg(high), low], -1), sin))

              # x [B, T, d] to queries [B, H, T, D], keys and values [B, K, T, D]; p is the index of the layer's first weight.
              def project(self, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], p: int) -> Tuple[Tensor, Tensor, Tensor]:
                b = torch.size(x, 0)
                t = torch.size(x, 1)
                h = self.norm(x, $input_layernorm.weight)
                q = torch.view(torch.linear(h, $q_proj.weight, $q_proj.bias), [b, t, $heads, $head_dim])
                k = torch.view(torch.linear(h, $k_proj.weight, $k_proj.bias), [b, t, $kv_heads, $head_dim])
                v = torch.view(torch.linear(h, $v_proj.weight, $v_proj.bias), [b, t, $kv_heads, $head_dim])
                q = torch.transpose($q_normed, 1, 2)
                k = torch.transpose($k_normed, 1, 2)
                return (self.rotate(q, cos, sin), self.rotate(k, cos, sin), torch.transpose(v, 1, 2))

              # Every key-value head serves H / K query heads: [B, K, T, D] to [B, H, T, D].
              def repeat_heads(self, x: Tensor) -> Tensor:
                return torch.repeat_interleave(x, $group, 1)

              # Adds the attention's output a [B, H, T, D] and the feed-forward layer to x [B, T, d].
              def finish(self, x: Tensor, a: Tensor, w: List[Tensor], p: int) -> Tensor:
                a = torch.flatten(torch.transpose(a, 1, 2), 2)
                x = torch.add(x, torch.linear(a, $o_proj.weight, $o_proj.bias))
                h = self.norm(x, $post_attention_layernorm.weight)
                h = torch.mul(torch.silu(torch.linear(h, $gate_proj.weight)), torch.linear(h, $up_proj.weight))
                return torch.add(x, torch.linear(h, $down_proj.weight))
            """;

    private static final String GENERATION =
            """
              # Rows of the cache in a new order, with room for capacity positions, of which the first used are filled.
              def select(self, cache: List[Tensor], rows: Tensor, used: int, capacity: int) -> List[Tensor]:
                selected = annotate(List[Tensor], [])
                for i in range(torch.len(cache)):
                  c = cache[i]
                  room = torch.new_empty(c, [torch.size(rows, 0), $kv_heads, capacity, $head_dim])
                  filled = torch.narrow(room, 2, 0, used)
                  torch.copy_(filled, torch.index_select(torch.narrow(c, 2, 0, used), 0, rows))
                  selected.append(room)
                return selected

              # tokens [P, T], the first pad [P] of each row being padding. Row i of the cache and of the logits [B, V] is that of prompt rows[i].
              def prefill(self, tokens: Tensor, pad: Tensor, rows: Tensor, capacity: int, frequencies: Tensor, w: List[Tensor]) -> Tuple[List[Tensor], Tensor]:
                t = torch.size(tokens, 1)
                slots = torch.arange(t, dtype=$int64, device=tokens.device)
                real = torch.ge(torch.unsqueeze(slots, 0), torch.unsqueeze(pad, 1))
                causal = torch.ge(torch.unsqueeze(slots, 1), torch.unsqueeze(slots, 0))
                itself = torch.eq(torch.unsqueeze(slots, 1), torch.unsqueeze(slots, 0))
                # A padding position sees itself: a row without any key would be not a number.
                mask = torch.logical_or(torch.logical_and(torch.unsqueeze(real, 1), causal), itself)
                mask = torch.unsqueeze(mask, 1)
                positions = torch.clamp(torch.sub(torch.unsqueeze(slots, 0), torch.unsqueeze(pad, 1)), 0)
                cos, sin = self.rope(torch.unsqueeze(positions, 1), frequencies)
                x = self.embed(tokens, w)
                cache = annotate(List[Tensor], [])
                for i in range($layers):
                  p = 1 + i * $layer_size
                  q, k, v = self.project(x, cos, sin, w, p)
                  cache.append(k)
                  cache.append(v)
                  a = torch.scaled_dot_product_attention(q, self.repeat_heads(k), self.repeat_heads(v), mask)
                  x = self.finish(x, a, w, p)
                last = torch.index_select(torch.select(x, 1, t - 1), 0, rows)
                logits = self.head(self.norm(last, $final_norm), $head_weight)
                return (self.select(cache, rows, t, capacity), logits)

              # One token ids [B] for every sequence, at this slot of the cache, to the logits [B, V] of the next.
              def decode(self, ids: Tensor, pad: Tensor, slot: int, cache: List[Tensor], frequencies: Tensor, w: List[Tensor]) -> Tensor:
                b = torch.size(ids, 0)
                slots = torch.arange(slot + 1, dtype=$int64, device=ids.device)
                mask = torch.view(torch.ge(torch.unsqueeze(slots, 0), torch.unsqueeze(pad, 1)), [b, 1, 1, slot + 1])
                cos, sin = self.rope(torch.view(torch.rsub(pad, slot), [b, 1, 1]), frequencies)
                x = torch.unsqueeze(self.embed(ids, w), 1)
                for i in range($layers):
                  p = 1 + i * $layer_size
                  q, k, v = self.project(x, cos, sin, w, p)
                  keys = cache[2 * i]
                  values = cache[2 * i + 1]
                  new_key = torch.copy_(torch.narrow(keys, 2, slot, 1), k)
                  new_value = torch.copy_(torch.narrow(values, 2, slot, 1), v)
                  # The query heads of a group stand where query positions would: no key or value is copied.
                  q = torch.view(q, [b, $kv_heads, $group, $head_dim])
                  a = torch.scaled_dot_product_attention(q, torch.narrow(keys, 2, 0, slot + 1), torch.narrow(values, 2, 0, slot + 1), mask)
                  x = self.finish(x, torch.view(a, [b, $heads, 1, $head_dim]), w, p)
                return self.head(self.norm(torch.squeeze(x, 1), $final_norm), $head_weight)

              # The place in each row of weights p [B, V] where their cumulated sum passes the uniform number's share, [B, 1].
              def draw(self, p: Tensor, uniform: Tensor) -> Tensor:
                last = torch.size(p, 1) - 1
                cumulated = torch.cumsum(p, -1, dtype=$float64)
                share = torch.mul(torch.unsqueeze(uniform, 1), torch.narrow(cumulated, 1, last, 1))
                return torch.clamp(torch.searchsorted(cumulated, share, right=True), None, last)

              # Leaves the top_k likeliest (0 for all) and of these the first that reach top_p of their sum; p [B, V] falls along its rows.
              def truncate(self, p: Tensor, top_k: int, top_p: float) -> Tensor:
                if top_k > 0 and top_k < torch.size(p, 1):
                  p = torch.narrow(p, 1, 0, top_k)
                cumulated = torch.cumsum(p, -1, dtype=$float64)
                limit = torch.mul(torch.narrow(cumulated, 1, torch.size(p, 1) - 1, 1), top_p)
                return torch.masked_fill(p, torch.ge(torch.sub(cumulated, p), limit), 0.)

              # One id a row of logits [B, V], and its log probability at temperature 1: [2, B].
              def choose(self, logits: Tensor, uniform: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
                if temperature == 0.:
                  ids = torch.argmax(logits, -1, True)
                else:
                  p = torch.softmax(torch.div(logits, temperature), -1)
                  if top_k == 0 and top_p == 1.:
                    ids = self.draw(p, uniform)
                  else:
                    p, order = torch.sort(p, -1, True)
                    ids = torch.gather(order, 1, self.draw(self.truncate(p, top_k, top_p), uniform))
                chosen = torch.gather(torch.log_softmax(logits, -1), 1, ids)
                return torch.stack([torch.to(torch.squeeze(ids, 1), $float64), torch.to(torch.squeeze(chosen, 1), $float64)])
            """;

    private static final String WHOLE = LAYER + TrainingSource.TEXT + GENERATION;

    private static final String ADAPTED =
            """
              # A projection with a [r, in] and b [out, r] beside its frozen weight [out, in].
              def adapted(self, x: Tensor, weight: Tensor, bias: Optional[Tensor], a: Tensor, b: Tensor) -> Tensor:
                y = torch.linear(x, weight, bias)
                return torch.add(y, torch.linear(torch.linear($dropped, a), b), alpha=$scaling)
            """;

    /** A projection of {@link #LAYER}: its input, its name, its bias if it can have one. */
    private static final Pattern PROJECTION =
            Pattern.compile("torch\\.linear\\((\\w+), \\$(\\w+_proj)\\.weight(?:, (\\$\\w+\\.bias))?\\)");

    /** Numbers of libtorch's ScalarType. */
    private static final Map<String, Object> TYPES = Map.of("int64", 4, "float32", 6, "float64", 7);

    private static final int BFLOAT16 = 15;
    private static final int HALF = 5;

    /** 128 MiB of float32 logits. */
    private static final int LOGITS_AT_ONCE = 1 << 25;

    private final ElementType precision;
    private final Map<String, Object> markers = new LinkedHashMap<>();

    /**
     * @param layer the weights of a layer, with those of an adapter at its end
     * @param head how the head outputs are computed
     * @param precision what the layers compute in
     */
    private DecoderSource(ModelConfig config, List<WeightSpec> layer, Head head, ElementType precision) {
        this.precision = precision;
        int finalNorm = 1 + config.layers() * layer.size();
        nameLayerWeights(layer);
        markers.put("q_normed", config.qkNorm() ? "self.norm(q, " + markers.get("q_norm.weight") + ")" : "q");
        markers.put("k_normed", config.qkNorm() ? "self.norm(k, " + markers.get("k_norm.weight") + ")" : "k");
        markers.put("final_norm", weight("w[" + finalNorm + "]", precision));
        markers.put("head_outputs", head.outputs(precision));
        markers.put("head_weight", head.tied(config) ? "w[0]" : "w[" + (finalNorm + 1) + "]");
        markers.put("compute", scalarType(precision));
        markers.put("cos", scaled("torch.cos(angles)", config.rope().attentionFactor()));
        markers.put("sin", scaled("torch.sin(angles)", config.rope().attentionFactor()));
        markers.put("layer_size", layer.size());
        markers.put("layers", config.layers());
        markers.put("heads", config.heads());
        markers.put("kv_heads", config.kvHeads());
        markers.put("group", config.heads() / config.kvHeads());
        markers.put("head_dim", config.headDim());
        markers.put("half_dim", config.headDim() / 2);
        markers.put("eps", config.rmsNormEps());
        markers.put("rows_at_once", Math.max(1, LOGITS_AT_ONCE / config.vocabSize()));
        markers.putAll(TYPES);
    }

    /** What the last hidden states become. */
    enum Head {
        LANGUAGE,
        /** A score is a float32 product in either precision: rewards that are compared must not be rounded to bfloat16's steps. */
        REWARD;

        private String outputs(ElementType precision) {
            return this == REWARD
                    ? "torch.linear(torch.to(h, $float32), head)"
                    : "torch.to(torch.linear(h, " + weight("head", precision) + "), $float32)";
        }

        private boolean tied(ModelConfig config) {
            return this == LANGUAGE && config.tieWordEmbeddings();
        }
    }

    static String of(ModelConfig config, Head head, ElementType precision) {
        return new DecoderSource(config, WeightSpec.ofLayer(config), head, precision).fill(WHOLE);
    }

    /** The training part of the same program, in which the target projections have an adapter's low-rank product beside them. */
    static String adapted(ModelConfig config, Head head, ElementType precision, LoraConfig lora) {
        List<WeightSpec> layer = new ArrayList<>(WeightSpec.ofLayer(config));
        layer.addAll(lora.specs(layer));
        DecoderSource source = new DecoderSource(config, layer, head, precision);
        source.markers.put("scaling", lora.scaling());
        source.markers.put("dropped", lora.dropout() > 0 ? "torch.dropout(x, " + lora.dropout() + ", True)" : "x");
        return source.fill(ADAPTED
                + PROJECTION.matcher(LAYER + TrainingSource.TEXT).replaceAll(call -> {
                    String name = call.group(2);
                    return Matcher.quoteReplacement(
                            lora.targets().contains(name)
                                    ? "self.adapted(" + call.group(1) + ", $" + name + ".weight, "
                                            + Objects.requireNonNullElse(call.group(3), "None") + ", $" + name
                                            + ".lora_A.weight, $" + name + ".lora_B.weight)"
                                    : call.group());
                }));
    }

    /** libtorch's number of a type. */
    static int scalarType(ElementType type) {
        return switch (type) {
            case F32 -> 6;
            case BF16 -> BFLOAT16;
            case F16 -> HALF;
        };
    }

    /** A weight in the type that the layers compute in; nothing is done to one that is of this type already. */
    static String weight(String weight, ElementType precision) {
        return precision == ElementType.BF16 ? "torch.to(" + weight + ", " + BFLOAT16 + ")" : weight;
    }

    private static String scaled(String values, double factor) {
        return factor == 1 ? values : "torch.mul(" + values + ", " + factor + ")";
    }

    private void nameLayerWeights(List<WeightSpec> layer) {
        for (String bias : List.of("q_proj.bias", "k_proj.bias", "v_proj.bias", "o_proj.bias")) {
            markers.put(bias, "None");
        }
        for (int i = 0; i < layer.size(); i++) {
            String name = layer.get(i).name().replaceFirst("^(self_attn|mlp)\\.", "");
            markers.put(name, weight("w[p + " + i + "]", precision));
        }
    }

    private String fill(String template) {
        String text = template;
        List<String> longestFirst = markers.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
        for (String marker : longestFirst) {
            text = text.replace("$" + marker, markers.get(marker).toString());
        }
        return text;
    }
}
