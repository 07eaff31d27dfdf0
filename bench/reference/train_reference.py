"""Numbers that the tests of train/ are checked against, computed by PyTorch and transformers.

    python train_reference.py OUTPUT_FOLDER

writes a tiny random model, train_expected.json and train_*.bin (gradients, float32, little-endian, in the order of the names in
train_expected.json). Made with torch 2.7.1 and transformers 4; any version that computes the same model will do.
"""

import json
import math
import pathlib
import sys

import numpy
import torch
from transformers import LlamaConfig, LlamaForCausalLM


def model(folder):
    torch.manual_seed(11)
    config = LlamaConfig(
        vocab_size=24, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=4, max_position_embeddings=64, rms_norm_eps=1e-6, rope_theta=10000.0,
        tie_word_embeddings=True, initializer_range=0.2, bos_token_id=1, eos_token_id=2, pad_token_id=0)
    network = LlamaForCausalLM(config).float().train()
    network.save_pretrained(folder, safe_serialization=True)
    return network


def log_probs(network, tokens):
    logits = network(torch.tensor([tokens])).logits[0, :-1]
    return torch.log_softmax(logits, -1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0]


def advantages(rewards, min_std):
    kept = torch.tensor([r for r in rewards if r is not None], dtype=torch.float64)
    if len(kept) < 2 or (kept == kept[0]).all():
        return [None if r is None else 0.0 for r in rewards]
    mean, std = kept.mean(), kept.std()
    return [None if r is None else ((r - mean) / max(std, min_std)).item() for r in rewards]


def gradients(network, loss, file):
    network.zero_grad()
    loss.backward()
    names = [name for name, _ in network.named_parameters()]
    flat = torch.cat([p.grad.flatten() for _, p in network.named_parameters()])
    flat.numpy().astype("<f4").tofile(file)
    return names, flat.norm().item()


def grpo(network, folder):
    """Equation 1 of arXiv 2512.13607 as it stands, with the importance ratio, whose value is 1 and whose gradient is not 0."""
    generator = numpy.random.default_rng(5)
    prompts = [[1, 7, 9, 4], [1, 8, 5], [1, 6, 6, 6, 3]]
    rewards = [[1.0, 0.0, 0.0, 1.0], [0.5, 0.5, 0.5, 0.5], [0.25, None, 1.0, 0.0]]
    rollouts = [[generator.integers(3, 24, generator.integers(2, 7)).tolist() for _ in range(4)] for _ in prompts]
    total, tokens = torch.zeros(()), 0
    for prompt, group, group_rewards in zip(prompts, rollouts, rewards):
        for rollout, advantage in zip(group, advantages(group_rewards, 0.0)):
            if advantage is None:
                continue
            logp = log_probs(network, prompt + rollout)[len(prompt) - 1:]
            ratio = torch.exp(logp - logp.detach())
            total = total + (ratio * advantage).sum()
            tokens += len(rollout)
    names, norm = gradients(network, -total / tokens, folder / "train_grpo.bin")
    surrogate = sum(
        -a / tokens * log_probs(network, p + r)[len(p) - 1:].sum().item()
        for p, group, rs in zip(prompts, rollouts, rewards)
        for r, a in zip(group, advantages(rs, 0.0)) if a is not None)
    return {"prompts": prompts, "rollouts": rollouts, "rewards": rewards, "tokens": tokens, "parameters": names,
            "gradientNorm": norm, "surrogateLoss": surrogate}


def sft(network, folder):
    conversations = [
        {"tokens": [1, 7, 9, 4, 11, 2], "assistant": [False, False, False, True, True, True]},
        {"tokens": [1, 8, 5, 12, 13, 14, 2, 1, 3, 15, 2],
         "assistant": [False, False, False, True, True, True, True, False, False, True, True]}]
    losses = []
    for chat in conversations:
        targets = torch.tensor([t if a else -100 for t, a in zip(chat["tokens"], chat["assistant"])][1:])
        logits = network(torch.tensor([chat["tokens"]])).logits[0, :-1]
        losses.append((torch.nn.functional.cross_entropy(logits, targets, reduction="sum"), (targets != -100).sum()))
    loss = sum(l for l, _ in losses) / sum(n for _, n in losses)
    _, norm = gradients(network, loss, folder / "train_sft.bin")
    return {"conversations": conversations, "loss": loss.item(), "gradientNorm": norm}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    network = model(folder / "model")
    groups = [
        {"rewards": [1, 0, 0, 1, 1], "minStd": 0.0},
        {"rewards": [2.5, -0.75, 0.1, 4.0], "minStd": 0.0},
        {"rewards": [0.1, 0.2, 0.15, 0.12], "minStd": 0.5},
        {"rewards": [1, None, 0, 0.5, None], "minStd": 0.0},
        {"rewards": [0.3, 0.3, 0.3], "minStd": 0.0},
        {"rewards": [None, 1.0, None], "minStd": 0.0}]
    for group in groups:
        group["advantages"] = advantages(group["rewards"], group["minStd"])
    expected = {"groups": groups, "grpo": grpo(network, folder), "sft": sft(network, folder)}
    (folder / "train_expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    print("wrote", folder, "torch", torch.__version__, "finite", math.isfinite(expected["sft"]["loss"]))


if __name__ == "__main__":
    main()
