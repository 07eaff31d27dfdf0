"""What transformers computes from a checkpoint: python model_logits.py FOLDER causal|reward < sequences.json > values.json

and what PEFT computes from an adapter: python model_logits.py FOLDER peft [BASE] < sequences.json > values.json, without BASE on the model
that the adapter names. Reads a JSON list of token lists and writes, per sequence, the logits that follow its last token or the reward model's score.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

KINDS = {"causal": AutoModelForCausalLM, "reward": AutoModelForSequenceClassification}

folder, kind, *base = sys.argv[1:]
if kind == "peft":
    from peft import AutoPeftModelForCausalLM, PeftModel

    if base:
        model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base[0], dtype=torch.float32), folder)
    else:
        model = AutoPeftModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
else:
    model, report = KINDS[kind].from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    wrong = {name: sorted(keys) for name, keys in report.items() if keys}
    if wrong:
        sys.exit(f"the checkpoint does not fit the model: {wrong}")
rows = []
with torch.no_grad():
    for tokens in json.load(sys.stdin):
        logits = model(torch.tensor([tokens])).logits[0]
        rows.append((logits if kind == "reward" else logits[-1]).tolist())
json.dump(rows, sys.stdout)
