"""How far transformers' own bfloat16 lies from its float32, for the models of model_reference.py.

    python model_bf16_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model

needs a Python with torch 2.7.1 and transformers, and the folders that model_reference.py writes. The model is loaded with
dtype=bfloat16, the logits are widened to float32 for the loss. Writes bf16.json beside each expected.json: the relative L2 error of all log
probabilities, of the loss, of each gradient and of all gradients together.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

FAMILIES = ["llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn"]


def gradients(folder, dtype, sequences, weights):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).eval()
    loss, rows = 0.0, []
    for tokens, weight in zip(sequences, weights):
        log_p = torch.log_softmax(model(torch.tensor([tokens])).logits[0].float(), -1)
        for t in range(1, len(tokens)):
            rows.append(log_p[t - 1, tokens[t]])
            loss = loss - weight[t] * rows[-1]
    loss.backward()
    return torch.stack(rows).detach(), loss.detach(), {n: p.grad.float() for n, p in model.named_parameters()}


def scores(folder, dtype, sequences):
    model = AutoModelForSequenceClassification.from_pretrained(folder / "reward", dtype=dtype).eval()
    with torch.no_grad():
        return torch.stack([model(torch.tensor([tokens])).logits[0, 0].float() for tokens in sequences])


def error(exact, rounded):
    return float((exact - rounded).norm() / exact.norm())


def main(root):
    torch.set_num_threads(1)
    for family in FAMILIES:
        folder = root / family
        expected = json.loads((folder / "expected.json").read_text())
        sequences, weights = expected["sequences"], expected["weights"]
        exact = gradients(folder, torch.float32, sequences, weights)
        rounded = gradients(folder, torch.bfloat16, sequences, weights)
        together = [torch.cat([g.flatten() for g in run[2].values()]) for run in (exact, rounded)]
        report = dict(
            logProbs=error(exact[0], rounded[0]),
            loss=error(exact[1], rounded[1]),
            allGradients=error(*together),
            gradients={name: error(g, rounded[2][name]) for name, g in exact[2].items()},
            scores=error(scores(folder, torch.float32, sequences), scores(folder, torch.bfloat16, sequences)),
        )
        (folder / "bf16.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
