#!/usr/bin/env python3
"""Makes what examples/gpu/Jenkinsfile needs: sums as training data and a benchmark, and a model folder if asked.

    python3 examples/gpu/prepare.py --model Qwen/Qwen3-0.6B     # fetches it from the hub into examples/gpu/model (needs huggingface_hub)
    python3 examples/gpu/prepare.py --model /models/Qwen3-0.6B  # checks the folder; run the Jenkinsfile with -P MODEL=/models/Qwen3-0.6B
    python3 examples/gpu/prepare.py --tiny                      # a random Qwen3 with 0.1 million parameters, to try it without a GPU
    python3 examples/gpu/prepare.py                             # the data alone

Needs Python 3.9 or later; the data and the tiny model need no package.
"""

import argparse
import json
import pathlib
import random
import sys

FAMILIES = ("qwen3", "qwen2", "llama")
SEED = 20261124
LARGEST = 49
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"]
CHARACTERS = "".join(map(chr, range(32, 127))) + "\n"
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def write_lines(file, lines):
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))


def write_data(folder):
    """Every sum is in one file alone: what the benchmark asks was never trained on."""
    sums = [(a, b) for a in range(LARGEST + 1) for b in range(LARGEST + 1)]
    random.Random(SEED).shuffle(sums)
    ask = lambda a, b: f"What is {a} + {b}? Answer with the number alone."
    check = lambda a, b: {"type": "math", "answer": str(a + b)}
    write_lines(
        folder / "sft.jsonl",
        ({"messages": [{"role": "user", "content": ask(a, b)}, {"role": "assistant", "content": str(a + b)}]} for a, b in sums[:600]),
    )
    write_lines(folder / "prompts.jsonl", ({"prompt": ask(a, b), "verifier": check(a, b)} for a, b in sums[600:1400]))
    write_lines(
        folder / "benchmark.jsonl",
        ({"id": f"sum-{a}-{b}", "prompt": ask(a, b), "verifier": check(a, b)} for a, b in sums[1400:1500]),
    )


def write_tiny_model(folder):
    """A configuration without weights: the first stage draws them from its seed. One token a character."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = SPECIAL + list(CHARACTERS)
    config = dict(
        architectures=["Qwen3ForCausalLM"], model_type="qwen3", vocab_size=len(tokens), hidden_size=64, intermediate_size=128,
        num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=256, rms_norm_eps=1e-6,
        rope_theta=10000.0, tie_word_embeddings=True, hidden_act="silu", attention_bias=False, bos_token_id=0, eos_token_id=2,
        pad_token_id=0, cascade_init=dict(linear_std=0.08, embedding_std=0.05),
    )
    added = [
        dict(id=i, content=token, special=i < 3, single_word=False, lstrip=False, rstrip=False, normalized=False)
        for i, token in enumerate(SPECIAL)
    ]
    tokenizer = dict(
        version="1.0", truncation=None, padding=None, added_tokens=added, normalizer=None, post_processor=None, decoder=dict(type="Fuse"),
        pre_tokenizer=dict(type="Split", pattern=dict(Regex="[\\s\\S]"), behavior="Isolated", invert=False),
        model=dict(type="WordLevel", vocab={token: i for i, token in enumerate(tokens)}, unk_token=SPECIAL[0]),
    )
    settings = dict(tokenizer_class="PreTrainedTokenizerFast", eos_token="<|im_end|>", pad_token=SPECIAL[0], chat_template=TEMPLATE)
    for name, content in (("config", config), ("tokenizer", tokenizer), ("tokenizer_config", settings)):
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


def check_model(folder):
    file = folder / "config.json"
    if not file.is_file():
        sys.exit(f"There is no {file}: name a folder of a model as transformers saves it, or its name on the hub.")
    family = json.loads(file.read_text()).get("model_type")
    if family not in FAMILIES:
        sys.exit(f"{file} has the model_type {family}; Cascade trains {', '.join(FAMILIES)}.")
    if not any(folder.glob("*.safetensors")):
        sys.exit(f"There are no weights in {folder}: *.safetensors are missing.")


def fetch_model(name, folder):
    try:
        from huggingface_hub import snapshot_download
    except ImportError:
        sys.exit(f"{name} is no folder here; to fetch it from the hub: pip install huggingface_hub, then run this again.")
    snapshot_download(name, local_dir=folder, allow_patterns=["*.json", "*.safetensors", "*.jinja"])


def main():
    here = pathlib.Path(__file__).resolve().parent
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", help="a model folder, or a name on the hub")
    arguments.add_argument("--tiny", action="store_true", help="make a random model of 0.1 million parameters")
    arguments.add_argument("--folder", type=pathlib.Path, default=here, help="where the data goes (default: the script's folder)")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    write_data(given.folder)
    target = given.folder / "model"
    if given.tiny:
        write_tiny_model(target)
    elif given.model and pathlib.Path(given.model).is_dir():
        target = pathlib.Path(given.model)
        check_model(target)
    elif given.model:
        fetch_model(given.model, target)
        check_model(target)
    print(f"Data in {given.folder}." + (f" The model is {target}." if given.tiny or given.model else ""))


if __name__ == "__main__":
    main()
