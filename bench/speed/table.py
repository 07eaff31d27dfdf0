"""The rows of the table: what is measured, against what, and with which target."""

import dataclasses
import pathlib

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# The fastest of those tried on two cores, tokens a second: packed best-fit-decreasing to 256, 1 row x 9 (780), 3 x 3 (760); to 512, 1 x 5 (735);
# padded, grouped by length, 4 x 4 (785, with 1.4 times the memory), 16 x 1 (505); padded at random, 16 (400); padding-free, 16 (490).
PACKED = dict(packing=True, packing_strategy="bfd", max_length=256, per_device_train_batch_size=1, gradient_accumulation_steps=9)


@dataclasses.dataclass(frozen=True)
class Row:
    """One line: the work, the peer, the wanted ratio of speeds and, where there is one, of peaks of memory; what both sides are told."""

    work: str
    peer: str
    target: float
    order: dict
    memory: float = None


def rows(material):
    """Row by name; an order holds JSON values."""
    eleven = dict(model=str(material / "11m"), precision="fp32")
    sft = dict(eleven, kind="sft", data=str(material / "sft.jsonl"), batch=16, micro_batch=4, longest=256, steps=3, peer=PACKED)
    groups = dict(eleven, data=str(material / "prompts.jsonl"), prompts_per_step=4, group=8, new_tokens=64, peer={})
    small = dict(
        kind="rollout", model=str(material / "0.8m"), data=str(material / "prompts-quickstart.jsonl"), precision="fp32", prompts_per_step=16,
        group=16, new_tokens=24, steps=4, peer={})
    smollm2 = dict(
        groups, kind="grpo", model=str(material / "smollm2/model"), data=str(material / "prompts-smollm2.jsonl"), new_tokens=32, micro_batch=8,
        steps=1)
    return {
        "sft-fp32": Row("SFT step, 11M parameters, mixed lengths 32-256, fp32", "TRL SFTTrainer", 1.5, sft),
        "sft-bf16": Row("the same, bf16", "TRL SFTTrainer in bf16", 1.5, dict(sft, precision="bf16", steps=1)),
        "rollout-11m": Row("rollout, 11M parameters, 4 prompts of 128 x 8 samples x 64 new tokens", "transformers generate()", 2, dict(groups, kind="rollout", steps=1)),
        "rollout-0.8m": Row("rollout, 0.8M parameters, 16 prompts x 16 samples x 24 new tokens", "transformers generate()", 3, small),
        "grpo-11m": Row("whole GRPO step, 11M parameters, 4 prompts of 128 x 8 samples, up to 64 new tokens", "TRL GRPOTrainer", 2.5, dict(groups, kind="grpo", steps=1), 0.8),
        "grpo-smollm2": Row("SmolLM2-135M GRPO step, 4 prompts x 8 samples, up to 32 new tokens, bf16", "TRL GRPOTrainer in bf16", 2, dict(smollm2, precision="bf16"), 0.8),
        "grpo-smollm2-fp32": Row("the same, fp32 (no target)", "TRL GRPOTrainer", None, smollm2, 0.8),
    }


def endurance(material):
    """Runs of a tiny model whose memory should stay flat: the order, rounds and name of each."""
    quickstart = REPOSITORY / "examples/quickstart"
    tiny = dict(model=str(material / "0.8m"), precision="fp32")
    sft = dict(tiny, kind="sft", data=str(quickstart / "sft.jsonl"), batch=16, micro_batch=16, longest=64, steps=100)
    grpo = dict(tiny, kind="grpo", data=str(material / "prompts-quickstart.jsonl"), prompts_per_step=4, group=8, new_tokens=24, steps=20)
    return [("500 SFT steps", sft, 5), ("100 GRPO steps", grpo, 5)]
