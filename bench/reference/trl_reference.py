"""Losses and gradients of TRL's own trainers, which the tests of train/ are checked against.

    python trl_reference.py TEST_RESOURCES_OF_MODEL TEST_RESOURCES_OF_TRAIN

reads the tiny Llama, Qwen2 and Qwen3 that model_reference.py wrote and writes trl_expected.json and trl_*.bin (gradients, float32,
little-endian, in the order of the names there). For each model it has GRPOTrainer compute its loss types 'dapo' (by token) and 'grpo' (by
sequence), the latter with a KL to another model (the estimator k3 as it is, without TRL's weighting by the importance ratio) and a
temperature, and SFTTrainer its loss on labels. RewardTrainer's Bradley-Terry loss on the reward models is compared with the one that model_reference.py wrote. A sample without a reward is left out of what TRL is given. The
advantages are this script's own: TRL has no function for them, and adds 1e-4 to the standard deviation.
"""

import json
import pathlib
import sys
import tempfile

import torch
from datasets import Dataset
from tokenizers import Tokenizer, models
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer, RewardConfig, RewardTrainer, SFTConfig, SFTTrainer

FAMILIES = ["llama", "qwen2", "qwen3"]
VOCABULARY = 64
PAD, END = 0, 1
VARIANTS = [
    {"name": "dapo", "aggregation": "token", "temperature": 1.0, "kl": 0.0},
    {"name": "grpo", "aggregation": "sequence", "temperature": 0.7, "kl": 0.05},
]
PROMPTS = [[2, 7, 9, 4], [2, 8, 5], [2, 6, 6, 6, 3]]
REWARDS = [[1.0, 0.0, 0.0, 1.0], [0.5, 0.5, 0.5, 0.5], [0.25, None, 1.0, 0.0]]


def tokenizer():
    words = {f"w{i}": i for i in range(VOCABULARY)}
    plain = Tokenizer(models.WordLevel(words, unk_token="w0"))
    return PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="w0", eos_token="w1", unk_token="w0")


def common(folder):
    return dict(output_dir=folder, report_to=[], use_cpu=True, bf16=False, fp16=False, gradient_checkpointing=False,
                disable_tqdm=True, save_strategy="no")


def rows(sequences, left):
    longest = max(map(len, sequences))
    pad = [[PAD] * (longest - len(s)) for s in sequences]
    tokens = [p + s if left else s + p for s, p in zip(sequences, pad)]
    mask = [[0] * len(p) + [1] * len(s) if left else [1] * len(s) + [0] * len(p) for s, p in zip(sequences, pad)]
    return torch.tensor(tokens), torch.tensor(mask)


def advantages(rewards):
    kept = torch.tensor([r for r in rewards if r is not None], dtype=torch.float64)
    spread = len(kept) > 1 and not bool((kept == kept[0]).all())
    return [None if r is None else float((r - kept.mean()) / kept.std()) if spread else 0.0 for r in rewards]


def save_gradients(model, file):
    flat = torch.cat([p.grad.flatten() for _, p in model.named_parameters()])
    flat.numpy().astype("<f4").tofile(file)


def log_probs(model, prompt, rollout, temperature):
    logits = model(torch.tensor([prompt + rollout])).logits[0, :-1] / temperature
    chosen = torch.tensor((prompt + rollout)[1:])[:, None]
    return torch.log_softmax(logits, -1).gather(1, chosen)[:, 0]


def grpo(model, other, rollouts, variant, folder, file):
    arguments = GRPOConfig(
        **common(folder), loss_type=variant["name"], beta=variant["kl"], use_bias_correction_kl=False,
        temperature=variant["temperature"], num_generations=4, per_device_train_batch_size=4, gradient_accumulation_steps=1,
        steps_per_generation=1)
    trainer = GRPOTrainer(
        model=model, reward_funcs=lambda completions, **_: [0.0] * len(completions), args=arguments,
        train_dataset=Dataset.from_list([{"prompt": "w2"}] * 4), processing_class=tokenizer())
    trainer.current_gradient_accumulation_steps = 1
    kept = [(prompt, rollout, advantage)
            for prompt, group, rewards in zip(PROMPTS, rollouts, REWARDS)
            for rollout, advantage in zip(group, advantages(rewards)) if advantage is not None]
    prompts, prompt_mask = rows([p for p, _, _ in kept], left=True)
    answers, answer_mask = rows([r for _, r, _ in kept], left=False)
    with torch.no_grad():
        reference = [log_probs(other, p, r, variant["temperature"]) for p, r, _ in kept]
    answers_only = [row[len(p) - 1:] for row, (p, _, _) in zip(reference, kept)]
    inputs = dict(
        prompt_ids=prompts, prompt_mask=prompt_mask, completion_ids=answers, completion_mask=answer_mask,
        advantages=torch.tensor([a for _, _, a in kept]), num_items_in_batch=answer_mask.sum(),
        ref_per_token_logps=torch.nn.utils.rnn.pad_sequence(answers_only, batch_first=True))
    model.train()
    model.zero_grad()
    loss = trainer._compute_loss(model, inputs)
    loss.backward()
    save_gradients(model, file)
    return dict(variant, loss=loss.item(), reference=[[0.0] + row.tolist() for row in reference])


def sft(model, folder, file):
    conversations = [
        {"tokens": [2, 7, 9, 4, 11, 1], "assistant": [False, False, False, True, True, True]},
        {"tokens": [2, 8, 5, 12, 13, 14, 1, 2, 3, 15, 1],
         "assistant": [False, False, False, True, True, True, True, False, False, True, True]}]
    tokens, mask = rows([c["tokens"] for c in conversations], left=False)
    labels, _ = rows([[t if a else -100 for t, a in zip(c["tokens"], c["assistant"])] for c in conversations], left=False)
    labels = torch.where(mask == 1, labels, -100)
    trainer = SFTTrainer(
        model=model, args=SFTConfig(**common(folder), packing=False, per_device_train_batch_size=2),
        train_dataset=Dataset.from_list([{"text": "w2 w3"}] * 2), processing_class=tokenizer())
    model.train()
    model.zero_grad()
    inputs = dict(input_ids=tokens, attention_mask=mask, labels=labels)
    loss = trainer.compute_loss(model, inputs, num_items_in_batch=(labels[:, 1:] != -100).sum())
    loss.backward()
    save_gradients(model, file)
    return {"conversations": conversations, "loss": loss.item()}


def bradley_terry(folder, family, work):
    expected = json.loads((folder / family / "expected.json").read_text())
    model = AutoModelForSequenceClassification.from_pretrained(folder / family / "reward", dtype=torch.float32)
    pair = Dataset.from_list([{"chosen": "w2 w3", "rejected": "w2 w4"}] * 2)
    trainer = RewardTrainer(
        model=model, args=RewardConfig(**common(work)), train_dataset=pair, processing_class=tokenizer())
    chosen = [expected["sequences"][i] for i in expected["reward"]["chosen"]]
    rejected = [expected["sequences"][i] for i in expected["reward"]["rejected"]]
    tokens, mask = rows(chosen + rejected, left=False)
    model.config.pad_token_id = PAD
    loss = trainer.compute_loss(model, dict(input_ids=tokens, attention_mask=mask)).item()
    if abs(loss - expected["reward"]["loss"]) > 1e-5 * abs(loss):
        sys.exit(f"{family}: RewardTrainer's loss is {loss}, model_reference.py wrote {expected['reward']['loss']}")
    return loss


def main():
    models, folder = map(pathlib.Path, sys.argv[1:3])
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(5)
    lengths = [[int(torch.randint(2, 7, (1,), generator=generator)) for _ in range(4)] for _ in PROMPTS]
    rollouts = [[torch.randint(2, VOCABULARY, (n,), generator=generator).tolist() for n in group] for group in lengths]
    expected = {"prompts": PROMPTS, "rollouts": rollouts, "rewards": REWARDS, "families": {}}
    with tempfile.TemporaryDirectory() as work:
        for family in FAMILIES:
            load = lambda: AutoModelForCausalLM.from_pretrained(models / family, dtype=torch.float32)
            other = load()
            noise = torch.Generator().manual_seed(3)
            with torch.no_grad():
                for parameter in other.parameters():
                    parameter.add_(0.05 * torch.randn(parameter.shape, generator=noise))
            expected["families"][family] = {
                "parameters": [name for name, _ in other.named_parameters()],
                "grpo": [grpo(load(), other, rollouts, variant, work, folder / f"trl_{family}_{variant['name']}.bin")
                         for variant in VARIANTS],
                "sft": sft(load(), work, folder / f"trl_{family}_sft.bin"),
                "bradleyTerry": bradley_terry(models, family, work)}
    (folder / "trl_expected.json").write_text(json.dumps(expected) + "\n")
    print({f: [v["loss"] for v in r["grpo"]] + [r["sft"]["loss"]] for f, r in expected["families"].items()})


if __name__ == "__main__":
    main()
