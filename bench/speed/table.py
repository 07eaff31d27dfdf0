"""The rows of the table: what is measured, against what, and with which target."""

import dataclasses

# The peer's best settings on this kind of machine; RESULTS.md says how they were found.
PACKED = dict(packing=True, packing_strategy="bfd", max_length=256, per_device_train_batch_size=1, gradient_accumulation_steps=9)


@dataclasses.dataclass(frozen=True)
class Row:
    work: str
    peer: str
    target: float
    order: dict


def rows(material):
    """Row by name; an order is what both sides are told, as JSON values."""
    eleven = dict(model=str(material / "11m"), precision="fp32")
    sft = dict(eleven, kind="sft", data=str(material / "sft.jsonl"), batch=16, longest=256, steps=5, peer=PACKED)
    groups = dict(eleven, data=str(material / "prompts.jsonl"), prompts_per_step=4, group=8, new_tokens=64, peer={})
    small = dict(
        kind="rollout", model=str(material / "0.8m"), data=str(material / "prompts-quickstart.jsonl"),
        precision="fp32", prompts_per_step=16, group=16, new_tokens=24, peer={})
    smollm2 = dict(groups, kind="grpo", model=str(material / "smollm2/model"), data=str(material / "prompts-smollm2.jsonl"))
    return {
        "sft-fp32": Row("SFT step, 11M parameters, mixed lengths 32-256, fp32", "TRL SFTTrainer", 1.5, sft),
        "sft-bf16": Row("the same, bf16", "TRL SFTTrainer in bf16", 1.5, dict(sft, precision="bf16", steps=2)),
        "rollout-11m": Row(
            "rollout, 11M parameters, 4 prompts of 128 x 8 samples x 64 new tokens, fp32", "transformers generate()", 2,
            dict(groups, kind="rollout", steps=2)),
        "rollout-0.8m": Row("rollout, 0.8M parameters, 16 prompts x 16 samples x 24 new tokens, fp32", "transformers generate()", 3, dict(small, steps=4)),
        "grpo-11m": Row(
            "whole GRPO step, 11M parameters, 4 prompts of 128 x 8 samples, up to 64 new tokens, fp32", "TRL GRPOTrainer", 2.5,
            dict(groups, kind="grpo", steps=2)),
        "grpo-smollm2": Row(
            "SmolLM2-135M GRPO step, 4 prompts x 8 samples, up to 64 new tokens, bf16", "TRL GRPOTrainer in bf16", 2,
            dict(smollm2, precision="bf16", steps=1)),
    }
