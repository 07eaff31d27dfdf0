"""Makes the models and the data that both sides of a measurement read: python material.py FOLDER."""

import json
import pathlib
import random
import shutil
import sys

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "user", "assistant", "system"]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# A turn is <|im_start|>, its role, its words and <|im_end|>; this vocabulary has no white space.
FRAME = 3
# <|im_start|> assistant, the end of a prompt
OPENING = 2
VOCABULARY = 8192
SFT_LINES, SHORTEST, LONGEST, PROMPT_SHARE = 48, 32, 256, 0.4
PROMPT_LINES, PROMPT_TOKENS = 64, 128


def model(folder):
    """A Llama of 11 million random parameters with a vocabulary of whole words."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=256, intermediate_size=1024, num_hidden_layers=9, num_attention_heads=8,
        num_key_value_heads=4, head_dim=32, max_position_embeddings=1024, rms_norm_eps=1e-6, rope_theta=10000.0,
        tie_word_embeddings=True, bos_token_id=None, eos_token_id=2, pad_token_id=0, attention_bias=False, mlp_bias=False)
    torch.manual_seed(1)
    LlamaForCausalLM(config).to(torch.float32).save_pretrained(folder)
    vocabulary = SPECIAL + [f"w{i}" for i in range(VOCABULARY - len(SPECIAL))]
    added = [
        {"id": i, "content": vocabulary[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for i in range(3)]
    write_json(folder / "tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(vocabulary)}, "unk_token": "<|endoftext|>"}})
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>", "model_max_length": 1024, "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE})


def quickstart_model(source, folder):
    """The quickstart's model, which comes without weights, with random ones."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    torch.manual_seed(1)
    AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(source)).to(torch.float32).save_pretrained(folder)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, folder / name)


def words(rng, count):
    return " ".join(f"w{rng.randrange(VOCABULARY - len(SPECIAL))}" for _ in range(count))


def conversations(rng):
    """Of SHORTEST to LONGEST tokens, evenly spread; PROMPT_SHARE of them are the user's."""
    lines = []
    for _ in range(SFT_LINES):
        spoken = rng.randint(SHORTEST, LONGEST) - 2 * FRAME
        asked = max(1, round(PROMPT_SHARE * spoken))
        lines.append({"messages": [
            {"role": "user", "content": words(rng, asked)}, {"role": "assistant", "content": words(rng, spoken - asked)}]})
    return lines


def prompts(rng):
    return [{"prompt": words(rng, PROMPT_TOKENS - FRAME - OPENING), "verifier": {"type": "characters"}} for _ in range(PROMPT_LINES)]


def judged_by_characters(source):
    """The prompts of another file under the verifier of the measurements, which gives every group a spread."""
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    return [{"prompt": line["prompt"], "verifier": {"type": "characters"}} for line in lines]


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value) + "\n", encoding="utf-8")


def write_lines(path, values):
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")


def main(folder, repository):
    rng = random.Random(20261124)
    model(folder / "11m")
    quickstart_model(repository / "examples/quickstart/model", folder / "0.8m")
    write_lines(folder / "sft.jsonl", conversations(rng))
    write_lines(folder / "prompts.jsonl", prompts(rng))
    write_lines(folder / "prompts-quickstart.jsonl", judged_by_characters(repository / "examples/quickstart/prompts-math.jsonl"))
    smollm2 = folder / "smollm2/prompts.jsonl"
    if smollm2.is_file():
        write_lines(folder / "prompts-smollm2.jsonl", judged_by_characters(smollm2))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parents[2])
