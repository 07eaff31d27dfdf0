"""Reference numbers for the tests of the model package, from transformers.

    python model_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model [FAMILY...]

needs a Python with torch 2.7.1 and transformers. For a tiny Llama (RoPE scaling of Llama 3, tied head), a
Llama with biases and linear RoPE scaling, Qwen2 (biases), Qwen3
(normalised queries and keys) and a Qwen3 with YaRN it writes the model's folder, expected.json (log probabilities, loss, entropy, greedy completions),
gradients.safetensors, the weights after six AdamW steps with clipping, and a reward model with its Bradley-Terry loss.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen2ForSequenceClassification,
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3ForSequenceClassification,
)

VOCABULARY = 64
COMMON = dict(
    vocab_size=VOCABULARY,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    intermediate_size=24,
    max_position_embeddings=128,
    eos_token_id=1,
    bos_token_id=0,
    pad_token_id=0,
    attn_implementation="eager",
)
LLAMA3 = dict(
    rope_type="llama3",
    rope_theta=500.0,
    factor=4.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=32,
)
LINEAR = dict(rope_type="linear", rope_theta=500.0, factor=2.0)
YARN = dict(rope_type="yarn", rope_theta=100.0, factor=4.0, original_max_position_embeddings=32, beta_fast=4.0)
FAMILIES = {
    "llama": (
        LlamaConfig(**COMMON, rms_norm_eps=1e-5, tie_word_embeddings=True, rope_parameters=LLAMA3),
        LlamaForCausalLM,
        LlamaForSequenceClassification,
    ),
    "llama_biased": (
        LlamaConfig(**COMMON, rms_norm_eps=1e-5, attention_bias=True, rope_parameters=LINEAR),
        LlamaForCausalLM,
        LlamaForSequenceClassification,
    ),
    "qwen2": (
        Qwen2Config(**COMMON, rms_norm_eps=1e-6, tie_word_embeddings=False),
        Qwen2ForCausalLM,
        Qwen2ForSequenceClassification,
    ),
    "qwen3": (
        Qwen3Config(**COMMON, head_dim=8, rms_norm_eps=1e-6, tie_word_embeddings=True),
        Qwen3ForCausalLM,
        Qwen3ForSequenceClassification,
    ),
}
FAMILIES["qwen3_yarn"] = (
    Qwen3Config(**COMMON, head_dim=8, rms_norm_eps=1e-6, tie_word_embeddings=False, rope_parameters=YARN),
    Qwen3ForCausalLM,
    Qwen3ForSequenceClassification,
)
LENGTHS = [12, 5, 9, 1, 17]
STEPS = dict(betas=(0.9, 0.95), eps=1e-8, weight_decay=0.1, clip_norm=1.0, learning_rate=1e-2, steps=6)


def randomise(model, generator):
    """Every weight away from its default, norms and biases too, so that no part can be left out unnoticed."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if "norm" in name:
                weight.copy_(1 + 0.2 * noise)
            else:
                weight.copy_((0.2 if weight.dim() == 1 else 0.3) * noise)


def batch(generator):
    sequences = [torch.randint(2, VOCABULARY, (n,), generator=generator).tolist() for n in LENGTHS]
    weights = []
    for n in LENGTHS:
        w = torch.rand(n, generator=generator) * 2 - 0.7
        w[: min(3, n)] = 0
        weights.append([round(float(x), 4) for x in w])
    return sequences, weights


def loss_of(model, sequences, weights):
    loss, entropy, log_prob, count, rows = 0.0, 0.0, 0.0, 0, []
    for tokens, weight in zip(sequences, weights):
        logits = model(torch.tensor([tokens])).logits[0]
        log_p = torch.log_softmax(logits, -1)
        row = [0.0]
        for t in range(1, len(tokens)):
            chosen = log_p[t - 1, tokens[t]]
            row.append(float(chosen))
            loss = loss - weight[t] * chosen
            if weight[t] != 0:
                entropy += float(-(log_p[t - 1].exp() * log_p[t - 1]).sum())
                log_prob += float(chosen)
                count += 1
        rows.append(row)
    return loss, entropy / count, log_prob, count, rows


def greedy(model, sequences):
    completions = []
    for tokens in sequences:
        out = model.generate(
            torch.tensor([tokens]),
            attention_mask=torch.ones(1, len(tokens), dtype=torch.long),
            do_sample=False,
            max_new_tokens=24,
            eos_token_id=1,
            pad_token_id=0,
        )
        completions.append(out[0, len(tokens) :].tolist())
    return completions


def contiguous(tensors):
    return {name: tensor.detach().contiguous().clone() for name, tensor in tensors.items()}


def optimise(model, sequences, weights):
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": STEPS["weight_decay"]}, {"params": plain, "weight_decay": 0.0}],
        lr=STEPS["learning_rate"],
        betas=STEPS["betas"],
        eps=STEPS["eps"],
    )
    norms = []
    for _ in range(STEPS["steps"]):
        optimizer.zero_grad()
        loss_of(model, sequences, weights)[0].backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(model.parameters(), STEPS["clip_norm"])))
        optimizer.step()
    return norms


def reward(classifier, config, backbone, sequences, generator, folder):
    config.num_labels = 1
    model = classifier(config)
    model.model.load_state_dict(backbone.model.state_dict())
    with torch.no_grad():
        model.score.weight.copy_(0.3 * torch.randn(model.score.weight.shape, generator=generator))
    model.save_pretrained(folder / "reward")
    scores = torch.stack([model(torch.tensor([tokens])).logits[0, 0] for tokens in sequences])
    chosen, rejected = [0, 1, 2], [4, 2, 3]
    margins = scores[chosen] - scores[rejected]
    loss = -torch.nn.functional.logsigmoid(margins).mean()
    loss.backward()
    save_file(contiguous({n: p.grad for n, p in model.named_parameters()}), folder / "reward_gradients.safetensors")
    return dict(
        scores=scores.tolist(),
        chosen=chosen,
        rejected=rejected,
        loss=float(loss),
        accuracy=float((margins > 0).float().mean()),
    )


def main(root, families):
    torch.set_num_threads(1)
    for number, (family, (config, causal, classifier)) in enumerate(FAMILIES.items()):
        if families and family not in families:
            continue
        generator = torch.Generator().manual_seed(17 + number)
        folder = root / family
        shutil.rmtree(folder, ignore_errors=True)
        model = causal(config).eval()
        randomise(model, generator)
        model.save_pretrained(folder)
        sequences, weights = batch(generator)
        loss, entropy, log_prob, count, rows = loss_of(model, sequences, weights)
        loss.backward()
        save_file(contiguous({n: p.grad for n, p in model.named_parameters()}), folder / "gradients.safetensors")
        expected = dict(
            sequences=sequences,
            weights=weights,
            loss=float(loss),
            meanEntropy=entropy,
            sumLogProb=log_prob,
            weightedTokens=count,
            logProbs=rows,
            lastLogits=[model(torch.tensor([s])).logits[0, -1].tolist() for s in sequences],
            greedy=greedy(model, sequences),
            reward=reward(classifier, config, model, sequences, generator, folder),
        )
        expected["gradientNorms"] = optimise(model, sequences, weights)
        save_file(contiguous(dict(model.named_parameters())), folder / "after_adamw.safetensors")
        (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
