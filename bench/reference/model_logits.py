"""What transformers computes from a checkpoint: python model_logits.py FOLDER causal|reward < sequences.json > values.json

Reads a JSON list of token lists and writes, per sequence, the logits that follow its last token or the reward model's score.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

KINDS = {"causal": AutoModelForCausalLM, "reward": AutoModelForSequenceClassification}

folder, kind = sys.argv[1:]
model, report = KINDS[kind].from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
wrong = {name: sorted(keys) for name, keys in report.items() if keys}
if wrong:
    sys.exit(f"the checkpoint does not fit the model: {wrong}")
rows = []
with torch.no_grad():
    for tokens in json.load(sys.stdin):
        logits = model(torch.tensor([tokens])).logits[0]
        rows.append((logits[-1] if kind == "causal" else logits).tolist())
json.dump(rows, sys.stdout)
