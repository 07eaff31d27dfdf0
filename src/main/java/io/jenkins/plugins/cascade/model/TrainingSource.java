package io.jenkins.plugins.cascade.model;

/**
 * The part of a decoder's program that computes losses and scores of whole sequences; {@link DecoderSource} says what the markers are.
 *
 * <p>Sequences come in three layouts: {@code padded} on the right, {@code packed} end to end, and {@code shared} prompts with their answers.
 * Each has a method {@code _begin} from tokens to the streams of hidden states that run through the layers and to what all layers need beside
 * them, a method {@code _layer} from streams to streams, and for every loss a method from the last streams to the loss ({@code _end}) and one
 * from tokens to the loss. A layer's {@code w} may be its own weights alone, with p 0; those of an end are the final norm and the head.
 */
final class TrainingSource {
    static final String TEXT =
            """
              # tokens [B, T], padded on the right, to their embeddings [B, T, d], the cosine and the sine.
              def padded_begin(self, tokens: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                positions = torch.arange(torch.size(tokens, 1), dtype=$int64, device=tokens.device)
                cos, sin = self.rope(positions, frequencies)
                return (self.embed(tokens, w), cos, sin)

              def padded_layer(self, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], p: int=0) -> Tensor:
                q, k, v = self.project(x, cos, sin, w, p)
                a = torch.scaled_dot_product_attention(q, self.repeat_heads(k), self.repeat_heads(v), None, 0., True)
                return self.finish(x, a, w, p)

              # The last states before the norm, [B, T, d].
              def padded_states(self, tokens: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tensor:
                x, cos, sin = self.padded_begin(tokens, frequencies, w)
                for i in range($layers):
                  x = self.padded_layer(x, cos, sin, w, 1 + i * $layer_size)
                return x

              # Sequences laid end to end, tokens [1, N] of these lengths [S]; the last output is the lengths.
              def packed_begin(self, tokens: Tensor, positions: Tensor, lengths: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
                cos, sin = self.rope(positions, frequencies)
                return (self.embed(tokens, w), cos, sin, lengths)

              def sizes(self, lengths: Tensor) -> List[int]:
                sizes = annotate(List[int], [])
                for s in range(torch.size(lengths, 0)):
                  sizes.append(int(torch.select(lengths, 0, s)))
                return sizes

              # Each sequence attends to itself alone.
              def attend_apart(self, x: Tensor, cos: Tensor, sin: Tensor, sizes: List[int], w: List[Tensor], p: int) -> Tensor:
                q, k, v = self.project(x, cos, sin, w, p)
                queries = torch.split_with_sizes(q, sizes, 2)
                keys = torch.split_with_sizes(self.repeat_heads(k), sizes, 2)
                values = torch.split_with_sizes(self.repeat_heads(v), sizes, 2)
                attended = annotate(List[Tensor], [])
                for s in range(torch.len(sizes)):
                  attended.append(torch.scaled_dot_product_attention(queries[s], keys[s], values[s], None, 0., True))
                return self.finish(x, torch.cat(attended, 2), w, p)

              def packed_layer(self, x: Tensor, cos: Tensor, sin: Tensor, lengths: Tensor, w: List[Tensor]) -> Tensor:
                return self.attend_apart(x, cos, sin, self.sizes(lengths), w, 0)

              # Prompts [R, P], the first pad [R] of each row being padding, and answers [N, C], padded on the right, answer i to prompt rows[i].
              # Every prompt is computed once. Streams: the prompts' states and the answers'. Beside them cosines, sines, masks and rows.
              def shared_begin(self, prompts: Tensor, pad: Tensor, answers: Tensor, rows: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
                t = torch.size(prompts, 1)
                n = torch.size(answers, 0)
                c = torch.size(answers, 1)
                slots = torch.arange(t, dtype=$int64, device=prompts.device)
                after = torch.arange(c, dtype=$int64, device=prompts.device)
                real = torch.ge(torch.unsqueeze(slots, 0), torch.unsqueeze(pad, 1))
                causal = torch.ge(torch.unsqueeze(slots, 1), torch.unsqueeze(slots, 0))
                itself = torch.eq(torch.unsqueeze(slots, 1), torch.unsqueeze(slots, 0))
                prompt_mask = torch.unsqueeze(torch.logical_or(torch.logical_and(torch.unsqueeze(real, 1), causal), itself), 1)
                earlier = torch.view(torch.ge(torch.unsqueeze(after, 1), torch.unsqueeze(after, 0)), [1, 1, c, c])
                seen = torch.view(torch.index_select(real, 0, rows), [n, 1, 1, t])
                answer_mask = torch.cat([torch.expand(seen, [n, 1, c, t]), torch.expand(earlier, [n, 1, c, c])], -1)
                starts = torch.rsub(torch.index_select(pad, 0, rows), t)
                prompt_positions = torch.clamp(torch.sub(torch.unsqueeze(slots, 0), torch.unsqueeze(pad, 1)), 0)
                answer_positions = torch.add(torch.unsqueeze(starts, 1), torch.unsqueeze(after, 0))
                prompt_cos, prompt_sin = self.rope(torch.unsqueeze(prompt_positions, 1), frequencies)
                answer_cos, answer_sin = self.rope(torch.unsqueeze(answer_positions, 1), frequencies)
                x = self.embed(prompts, w)
                y = self.embed(answers, w)
                return (x, y, prompt_cos, prompt_sin, answer_cos, answer_sin, prompt_mask, answer_mask, rows)

              def shared_layer(self, x: Tensor, y: Tensor, prompt_cos: Tensor, prompt_sin: Tensor, answer_cos: Tensor, answer_sin: Tensor, prompt_mask: Tensor, answer_mask: Tensor, rows: Tensor, w: List[Tensor], p: int=0) -> Tuple[Tensor, Tensor]:
                q, k, v = self.project(x, prompt_cos, prompt_sin, w, p)
                a = torch.scaled_dot_product_attention(q, self.repeat_heads(k), self.repeat_heads(v), prompt_mask)
                x = self.finish(x, a, w, p)
                q, own_k, own_v = self.project(y, answer_cos, answer_sin, w, p)
                k = self.repeat_heads(torch.cat([torch.index_select(k, 0, rows), own_k], 2))
                v = self.repeat_heads(torch.cat([torch.index_select(v, 0, rows), own_v], 2))
                y = self.finish(y, torch.scaled_dot_product_attention(q, k, v, answer_mask), w, p)
                return (x, y)

              # log p(targets) [N] after the hidden states [N, d], and [sum of entropies, sum of log p(targets)] without gradient.
              def chosen(self, h: Tensor, targets: Tensor, head: Tensor) -> Tuple[Tensor, Tensor]:
                log_probs = torch.log_softmax(self.head(h, head), -1)
                chosen = torch.squeeze(torch.gather(log_probs, 1, torch.unsqueeze(targets, 1)), 1)
                sum_log_prob = torch.sum(torch.detach(chosen), dtype=$float64)
                entropy = torch.zeros_like(sum_log_prob)
                for part in torch.split(torch.detach(log_probs), $rows_at_once):
                  entropy = torch.sub(entropy, torch.sum(torch.mul(torch.exp(part), part), dtype=$float64))
                return (chosen, torch.stack([entropy, sum_log_prob]))

              # The loss with sum(anchors * k3), k3 = exp(d) - d - 1 and d = reference - log p(targets); the statistics end with the sum of k3.
              def with_kl(self, chosen: Tensor, stats: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor) -> Tuple[Tensor, Tensor]:
                d = torch.sub(reference, chosen)
                k3 = torch.sub(torch.sub(torch.exp(d), d), 1)
                loss = torch.sub(torch.sum(torch.mul(anchors, k3)), torch.sum(torch.mul(weights, chosen)))
                sum_k3 = torch.sum(torch.detach(k3), dtype=$float64)
                return (loss, torch.cat([stats, torch.unsqueeze(sum_k3, 0)]))

              # The loss -sum(weights * log p(targets)) at the positions at [N] of the states [M, d], and the statistics of chosen; with anchors [N]
              # instead of none [0], with their divergence.
              def loss(self, states: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, norm: Tensor, head: Tensor) -> Tuple[Tensor, Tensor]:
                h = torch.div(torch.index_select(self.norm(states, torch.to(norm, $compute)), 0, at), temperature)
                chosen, stats = self.chosen(h, targets, head)
                if torch.numel(anchors) > 0:
                  result = self.with_kl(chosen, stats, weights, anchors, reference)
                else:
                  result = (torch.neg(torch.sum(torch.mul(weights, chosen))), stats)
                return result

              def padded_loss_end(self, x: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                return self.loss(torch.flatten(x, 0, 1), at, targets, temperature, weights, anchors, reference, w[0], w[1])

              # Positions at count through the batch's B * T.
              def padded_loss(self, tokens: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                x = self.padded_states(tokens, frequencies, w)
                return self.padded_loss_end(x, at, targets, temperature, weights, anchors, reference, [$final_norm, $head_weight])

              def packed_loss_end(self, x: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                return self.padded_loss_end(x, at, targets, temperature, weights, anchors, reference, w)

              def packed_loss(self, tokens: Tensor, positions: Tensor, lengths: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                x, cos, sin, lengths = self.packed_begin(tokens, positions, lengths, frequencies, w)
                sizes = self.sizes(lengths)
                for i in range($layers):
                  x = self.attend_apart(x, cos, sin, sizes, w, 1 + i * $layer_size)
                return self.packed_loss_end(x, at, targets, temperature, weights, anchors, reference, [$final_norm, $head_weight])

              # Positions at count through the prompts' ends [R] and then through the answers' N * C.
              def shared_loss_end(self, x: Tensor, y: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                ends = torch.select(x, 1, torch.size(x, 1) - 1)
                states = torch.cat([ends, torch.flatten(y, 0, 1)], 0)
                return self.loss(states, at, targets, temperature, weights, anchors, reference, w[0], w[1])

              def shared_loss(self, prompts: Tensor, pad: Tensor, answers: Tensor, rows: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, weights: Tensor, anchors: Tensor, reference: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                x, y, cos, sin, own_cos, own_sin, mask, own_mask, rows = self.shared_begin(prompts, pad, answers, rows, frequencies, w)
                for i in range($layers):
                  x, y = self.shared_layer(x, y, cos, sin, own_cos, own_sin, mask, own_mask, rows, w, 1 + i * $layer_size)
                return self.shared_loss_end(x, y, at, targets, temperature, weights, anchors, reference, [$final_norm, $head_weight])

              # log p(targets) [N], with the logits of at most $rows_at_once positions in memory at a time.
              def log_probs(self, tokens: Tensor, at: Tensor, targets: Tensor, temperature: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tensor:
                x = self.norm(torch.flatten(self.padded_states(tokens, frequencies, w), 0, 1), $final_norm)
                h = torch.div(torch.index_select(x, 0, at), temperature)
                parts = annotate(List[Tensor], [])
                rows = torch.split(h, $rows_at_once)
                wanted = torch.split(targets, $rows_at_once)
                for i in range(torch.len(rows)):
                  log_probs = torch.log_softmax(self.head(rows[i], $head_weight), -1)
                  parts.append(torch.squeeze(torch.gather(log_probs, 1, torch.unsqueeze(wanted[i], 1)), 1))
                return torch.cat(parts)

              # Head outputs [N, V] at the positions of states [B, T, d]; for a reward model, whose head has one row, scores [N, 1].
              def at_head(self, x: Tensor, at: Tensor, w: List[Tensor]) -> Tensor:
                h = self.norm(torch.flatten(x, 0, 1), torch.to(w[0], $compute))
                return self.head(torch.index_select(h, 0, at), w[1])

              def outputs(self, tokens: Tensor, at: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tensor:
                return self.at_head(self.padded_states(tokens, frequencies, w), at, [$final_norm, $head_weight])

              # A scalar whose gradient by x is g.
              def along(self, x: Tensor, g: Tensor) -> Tensor:
                return torch.sum(torch.mul(x, g), dtype=$float32)

              # Bradley-Terry: share times the mean of -log sigmoid(chosen - rejected) and the margins [N], for N chosen and then N rejected sequences.
              def padded_pair_loss_end(self, x: Tensor, at: Tensor, share: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                scores = torch.squeeze(self.at_head(x, at, w), 1)
                pairs = torch.floordiv(torch.size(scores, 0), 2)
                margins = torch.sub(torch.narrow(scores, 0, 0, pairs), torch.narrow(scores, 0, pairs, pairs))
                return (torch.mul(torch.mean(torch.softplus(torch.neg(margins))), share), torch.detach(margins))

              def padded_pair_loss(self, tokens: Tensor, at: Tensor, share: Tensor, frequencies: Tensor, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
                return self.padded_pair_loss_end(self.padded_states(tokens, frequencies, w), at, share, [$final_norm, $head_weight])
            """;

    private TrainingSource() {}
}
