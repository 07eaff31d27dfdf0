"""Reference numbers for LoRA, from PEFT.

    python lora_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model

needs a Python with torch 2.7.1, transformers and peft 0.21, and the folders that model_reference.py made. For the tiny Llama, Qwen2 and Qwen3
it writes the folder lora: an adapter as PEFT saves it, with matrices away from 0, expected.json (logits, log probabilities, loss, norms),
gradients.safetensors of A and B, and the adapter after six AdamW steps with clipping.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from model_reference import STEPS, contiguous, loss_of
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

ADAPTERS = {
    "llama": dict(r=4, lora_alpha=6, target_modules="all-linear"),
    "qwen2": dict(r=3, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"]),
    "qwen3": dict(r=4, lora_alpha=8, target_modules="all-linear"),
}


def adapted(folder, settings, generator):
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", **settings)).eval()
    model.peft_config["default"].base_model_name_or_path = ".."
    with torch.no_grad():
        for _, weight in trained(model).items():
            weight.copy_(0.3 * torch.randn(weight.shape, generator=generator))
    return model


def trained(model):
    return {name.replace(".default", ""): p for name, p in model.named_parameters() if p.requires_grad}


def optimise(model, sequences, weights):
    parameters = list(trained(model).values())
    optimizer = torch.optim.AdamW(
        parameters,
        lr=STEPS["learning_rate"],
        betas=STEPS["betas"],
        eps=STEPS["eps"],
        weight_decay=STEPS["weight_decay"],
    )
    norms = []
    for _ in range(STEPS["steps"]):
        optimizer.zero_grad()
        loss_of(model, sequences, weights)[0].backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, STEPS["clip_norm"])))
        optimizer.step()
    return norms


def main(root):
    torch.set_num_threads(1)
    for number, (family, settings) in enumerate(ADAPTERS.items()):
        generator = torch.Generator().manual_seed(71 + number)
        folder = root / family / "lora"
        shutil.rmtree(folder, ignore_errors=True)
        given = json.loads((root / family / "expected.json").read_text())
        sequences, weights = given["sequences"], given["weights"]
        model = adapted(root / family, settings, generator)
        model.save_pretrained(folder)
        (folder / "README.md").unlink()
        loss, _, _, _, rows = loss_of(model, sequences, weights)
        loss.backward()
        save_file(contiguous({n: p.grad for n, p in trained(model).items()}), folder / "gradients.safetensors")
        expected = dict(
            loss=float(loss),
            logProbs=rows,
            lastLogits=[model(torch.tensor([s])).logits[0, -1].tolist() for s in sequences],
            gradientNorms=optimise(model, sequences, weights),
        )
        save_file(contiguous(trained(model)), folder / "after_adamw.safetensors")
        (folder / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
