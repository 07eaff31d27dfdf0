"""The policy update beyond the paper's defaults, as PyTorch computes it from the definitions.

    python policy_reference.py TEST_RESOURCES_OF_TRAIN

reads the model and the rollouts that train_reference.py wrote there and writes policy_expected.json and policy_*.bin (gradients,
float32, little-endian, in the order of the names in train_expected.json). The loss is that of TRL's and verl's GRPO: log-probabilities of
logits / temperature, importance ratio exp(logp - logp.detach()), the estimator k3 against a reference, mean over all tokens or mean over
the rollouts of the mean over their tokens.
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM

VARIANTS = [
    {"name": "temperature", "temperature": 0.6, "aggregation": "token", "divideByStd": True, "minStd": 0.0, "kl": 0.0},
    {"name": "sequence", "temperature": 1.0, "aggregation": "sequence", "divideByStd": False, "minStd": 0.0, "kl": 0.0},
    {"name": "kl", "temperature": 1.3, "aggregation": "token", "divideByStd": True, "minStd": 0.5, "kl": 0.2},
    {"name": "kl_sequence", "temperature": 0.8, "aggregation": "sequence", "divideByStd": True, "minStd": 0.0, "kl": 0.05},
    {"name": "tanh", "temperature": 1.0, "aggregation": "sequence", "divideByStd": True, "minStd": 0.0, "kl": 0.001,
     "tanh": True},
]


def log_probs(network, tokens, temperature):
    logits = network(torch.tensor([tokens])).logits[0, :-1] / temperature
    return torch.log_softmax(logits, -1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0], logits


def advantages(rewards, variant):
    kept = torch.tensor([r for r in rewards if r is not None], dtype=torch.float64)
    if len(kept) < 2 or (kept == kept[0]).all():
        return [None if r is None else 0.0 for r in rewards]
    if variant.get("tanh"):
        kept = torch.tanh((kept - kept.mean()) / kept.std())
        squashed = iter(kept.tolist())
        rewards = [None if r is None else next(squashed) for r in rewards]
    divisor = max(kept.std().item(), variant["minStd"]) if variant["divideByStd"] else 1.0
    return [None if r is None else ((r - kept.mean()) / divisor).item() for r in rewards]


def masked_mean(values, mask):
    return (values * mask).sum() / mask.sum()


def update(network, other, grpo, variant, folder):
    losses, masks, divergences, entropies, reference = [], [], [], [], []
    for prompt, group, rewards in zip(grpo["prompts"], grpo["rollouts"], grpo["rewards"]):
        for rollout, advantage in zip(group, advantages(rewards, variant)):
            logp, logits = log_probs(network, prompt + rollout, variant["temperature"])
            with torch.no_grad():
                ref, _ = log_probs(other, prompt + rollout, variant["temperature"])
            reference.append([0.0] + ref.tolist())
            if advantage is None:
                continue
            answer = slice(len(prompt) - 1, None)
            logp, ref = logp[answer], ref[answer]
            loss = -torch.exp(logp - logp.detach()) * advantage
            k3 = torch.exp(ref - logp) - (ref - logp) - 1
            losses.append(loss + variant["kl"] * k3)
            divergences.append(k3.detach())
            p = torch.softmax(logits[answer].detach(), -1)
            entropies.append(-(p * torch.log(p)).sum(-1))
            masks.append(torch.ones_like(logp))
    losses = torch.nn.utils.rnn.pad_sequence(losses, batch_first=True)
    mask = torch.nn.utils.rnn.pad_sequence(masks, batch_first=True)
    if variant["aggregation"] == "token":
        loss = masked_mean(losses, mask)
    else:
        loss = torch.stack([masked_mean(row, row_mask) for row, row_mask in zip(losses, mask)]).mean()
    network.zero_grad()
    loss.backward()
    flat = torch.cat([p.grad.flatten() for _, p in network.named_parameters()])
    flat.numpy().astype("<f4").tofile(folder / f"policy_{variant['name']}.bin")
    result = {**variant, "reference": reference, "gradientNorm": flat.norm().item(),
              "divergence": torch.cat(divergences).mean().item(), "entropy": torch.cat(entropies).mean().item()}
    return result


def main():
    folder = pathlib.Path(sys.argv[1])
    network = AutoModelForCausalLM.from_pretrained(folder / "model").float()
    other = AutoModelForCausalLM.from_pretrained(folder / "model").float()
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    grpo = json.loads((folder / "train_expected.json").read_text())["grpo"]
    expected = {"variants": [update(network, other, grpo, variant, folder) for variant in VARIANTS]}
    with torch.no_grad():
        expected["logProbsAtHalf"] = [
            log_probs(network, prompt + rollout, 0.5)[0].sum().item()
            for prompt, group in zip(grpo["prompts"], grpo["rollouts"]) for rollout in group]
    (folder / "policy_expected.json").write_text(json.dumps(expected) + "\n")
    print("torch", torch.__version__, [round(v["gradientNorm"], 4) for v in expected["variants"]])


if __name__ == "__main__":
    main()
