#!/usr/bin/env python3
"""Writes what transformers answers greedily, for SmolLm2GreedyTest: 20 prompts, 40 tokens each, float32 on the processor.

Needs torch and transformers, and the folder that prepare.py makes. The end of a turn does not end an answer here, so that every prompt
gives 40 tokens to compare.

    python3 examples/smollm2/greedy.py [MODEL] [FILE]
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = pathlib.Path(__file__).resolve().parent
RESOURCES = HERE.parent.parent / "src/test/resources/io/jenkins/plugins/cascade/model/smollm2"
TOKENS = 40
PROMPTS = [
    "State the final answer to the following arithmetic problem: 67 - 76 =",
    "State the final answer to the following arithmetic problem: 31 + 44 =",
    "What is the capital of France?",
    "Hi!",
    "Why is the sky blue? Answer in one sentence.",
    "List three kinds of fruit, separated by commas.",
    "Write a haiku about autumn leaves.",
    "Translate to French: \"Good morning, my friends.\"",
    "Write a Python function that returns the larger of two numbers.",
    "Summarise in ten words: The old lighthouse stood on the cliff for two hundred years. Storms took its windows, salt took its paint, "
    "and in the end nobody was left who knew how to light the lamp; yet ships still steered by its shape at dusk.",
    "Anna has 12 apples. She gives 5 to Ben and buys 3 more. How many apples does she have now?",
    "Which is heavier, a kilogram of feathers or a kilogram of iron?",
    "Finish the sentence: Once upon a time, in a small village by the sea,",
    "Give me the opposite of each word: hot, early, loud, empty.",
    "Explain to a child what a computer does.\nUse two short sentences.",
    "Is 97 a prime number? Say yes or no, then why.",
    "Sort these numbers from small to large: 42, 7, 19, 3, 88, 56.",
    "I feel tired today. What could I do in the evening?",
    "Name the planets of the Solar System in the order of their distance from the Sun, and say in a few words for each of them what "
    "makes it special. Do not forget Mercury, and do not count Pluto, which has been called a dwarf planet since 2006.",
    "Rewrite politely: SEND ME THE REPORT NOW!!!",
]


def main():
    model_folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "model"
    file = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else RESOURCES / "greedy.json"
    if not (model_folder / "model.safetensors").is_file():
        sys.exit(f"There is no {model_folder}/model.safetensors; make it with: python3 {HERE}/prepare.py")
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForCausalLM.from_pretrained(model_folder).float().eval()
    model.generation_config.eos_token_id = None
    lines, closest = [], float("inf")
    for prompt in PROMPTS:
        chat = [{"role": "user", "content": prompt}]
        ids = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_tensors="pt", return_dict=True)
        output = model.generate(
            **ids, do_sample=False, max_new_tokens=TOKENS, pad_token_id=0, output_logits=True, return_dict_in_generate=True)
        best = torch.stack([step[0].topk(2).values for step in output.logits])
        closest = min(closest, (best[:, 0] - best[:, 1]).min().item())
        start = ids["input_ids"].shape[1]
        tokens = output.sequences[0].tolist()
        lines.append(json.dumps({"content": prompt, "prompt": tokens[:start], "answer": tokens[start:]}))
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"Wrote {file}; the two likeliest tokens of a step lie at least {closest:.2g} apart.")


if __name__ == "__main__":
    main()
