"""The peer of one row: python peer.py ROW.json.

Trains or generates with TRL and transformers, a round each time that a line "round" arrives on standard input, and answers with one JSON line a
round: {"seconds", "tokens", "steps"}. The line "end" ends it; the last answer has the peak of its memory.
"""

import json
import os
import pathlib
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import torch
import transformers
from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback

ANSWERS = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


def answer(value):
    ANSWERS.write(json.dumps(value) + "\n")


def asked_for_a_round():
    return sys.stdin.readline().strip() == "round"


def peak_megabytes():
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return None


class Rounds(TrainerCallback):
    """Holds the trainer between rounds of a number of steps."""

    def __init__(self, steps, tokens_of):
        self.steps = steps
        self.tokens_of = tokens_of
        self.done = 0
        self.start = None

    def wait(self):
        if not asked_for_a_round():
            answer({"peak_mb": peak_megabytes()})
            os._exit(0)
        self.tokens_of(reset=True)
        self.start = time.perf_counter()

    def on_train_begin(self, args, state, control, **kwargs):
        answer({"ready": True})
        self.wait()

    def on_step_end(self, args, state, control, **kwargs):
        self.done += 1
        if self.done % self.steps == 0:
            seconds = time.perf_counter() - self.start
            answer({"seconds": seconds, "tokens": self.tokens_of(), "steps": self.steps})
            self.wait()


class Count:
    def __init__(self):
        self.tokens = 0

    def __call__(self, reset=False):
        if reset:
            self.tokens = 0
        return self.tokens


def read_lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]


def common(row, folder):
    return dict(
        output_dir=folder, report_to=[], save_strategy="no", logging_strategy="steps", logging_steps=10**6, disable_tqdm=True,
        use_cpu=True, bf16=row["precision"] == "bf16", gradient_checkpointing=False, max_steps=10**6, learning_rate=1e-5,
        lr_scheduler_type="constant", weight_decay=0.1, adam_beta2=0.95, max_grad_norm=1.0, optim="adamw_torch_fused",
        dataloader_num_workers=0, seed=1)


def sft(row):
    from trl import SFTConfig, SFTTrainer

    tokenizer = AutoTokenizer.from_pretrained(row["model"])
    examples = []
    for line in read_lines(row["data"]):
        asked = tokenizer.apply_chat_template(line["messages"][:1], add_generation_prompt=True, tokenize=False)
        whole = tokenizer.apply_chat_template(line["messages"], tokenize=False)
        prompt, ids = (tokenizer(text, add_special_tokens=False)["input_ids"] for text in (asked, whole))
        assert ids[: len(prompt)] == prompt
        examples.append({"input_ids": ids, "completion_mask": [0] * len(prompt) + [1] * (len(ids) - len(prompt))})
    count = Count()

    class Counting(SFTTrainer):
        def training_step(self, model, inputs, *arguments, **named):
            mask = inputs.get("attention_mask")
            count.tokens += int(inputs["input_ids"].numel() if mask is None else mask.sum())
            return super().training_step(model, inputs, *arguments, **named)

    config = SFTConfig(completion_only_loss=True, **common(row, row["scratch"]), **row["peer"])
    trainer = Counting(
        model=AutoModelForCausalLM.from_pretrained(row["model"], dtype=torch.float32), args=config,
        train_dataset=Dataset.from_list(examples), processing_class=tokenizer, callbacks=[Rounds(row["steps"], count)])
    trainer.train()


def reward(completions, **ignored):
    """Characters without white space, modulo 7, as a share: the rule of the other side."""
    texts = [completion if isinstance(completion, str) else completion[0]["content"] for completion in completions]
    return [sum(not character.isspace() for character in text) % 7 / 6 for text in texts]


def grpo(row):
    from trl import GRPOConfig, GRPOTrainer

    count = Count()

    def counting(completions, completion_ids=None, **named):
        count.tokens += sum(len(ids) for ids in completion_ids)
        return reward(completions, **named)

    samples = row["prompts_per_step"] * row["group"]
    config = GRPOConfig(
        per_device_train_batch_size=samples, num_generations=row["group"], max_completion_length=row["new_tokens"],
        temperature=1.0, top_p=1.0, top_k=0, beta=0.0, num_iterations=1, loss_type="dapo", **common(row, row["scratch"]), **row["peer"])
    data = Dataset.from_list([{"prompt": [{"role": "user", "content": line["prompt"]}]} for line in read_lines(row["data"])])
    trainer = GRPOTrainer(
        model=AutoModelForCausalLM.from_pretrained(row["model"], dtype=torch.float32), args=config, train_dataset=data,
        reward_funcs=counting, processing_class=AutoTokenizer.from_pretrained(row["model"], padding_side="left"),
        callbacks=[Rounds(row["steps"], count)])
    trainer.train()


def rollout(row):
    tokenizer = AutoTokenizer.from_pretrained(row["model"], padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(row["model"], dtype=torch.float32).eval()
    # No answer ends early: both sides draw exactly new_tokens for each.
    model.generation_config.eos_token_id = None
    texts = [
        tokenizer.apply_chat_template([{"role": "user", "content": line["prompt"]}], add_generation_prompt=True, tokenize=False)
        for line in read_lines(row["data"])[: row["prompts_per_step"]]]
    batch = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    batch = {name: batch[name] for name in ("input_ids", "attention_mask")}
    answer({"ready": True})
    while asked_for_a_round():
        start = time.perf_counter()
        tokens = 0
        for _ in range(row["steps"]):
            with torch.inference_mode():
                ids = model.generate(
                    **batch, do_sample=True, temperature=1.0, top_p=1.0, top_k=0, max_new_tokens=row["new_tokens"],
                    num_return_sequences=row["group"], pad_token_id=0, **row["peer"])
            tokens += ids.shape[0] * (ids.shape[1] - batch["input_ids"].shape[1])
        answer({"seconds": time.perf_counter() - start, "tokens": tokens, "steps": row["steps"]})
    answer({"peak_mb": peak_megabytes()})


def products(row):
    """The rate of float32 matrix products, in GFLOP/s: the best of some square ones, whose operands fit the caches as in training."""
    torch.set_grad_enabled(False)
    answer({"ready": True})
    while asked_for_a_round():
        best = 0
        for size in (512, 1024, 2048):
            a, b = torch.randn(size, size), torch.randn(size, size)
            for _ in range(8):
                start = time.perf_counter()
                torch.mm(a, b)
                best = max(best, 2 * size**3 / (time.perf_counter() - start) / 1e9)
        answer({"gflops": best})
    answer({"peak_mb": peak_megabytes()})


def main():
    row = json.loads(pathlib.Path(sys.argv[1]).read_text())
    torch.set_num_threads(row["threads"])
    torch.set_num_interop_threads(1)
    transformers.logging.set_verbosity_error()
    {"sft": sft, "grpo": grpo, "rollout": rollout, "products": products}[row["kind"]](row)


if __name__ == "__main__":
    main()
