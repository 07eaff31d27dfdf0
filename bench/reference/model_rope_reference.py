"""RoPE frequencies and attention factors of transformers: linear, llama3 and every option of YaRN.

    python model_rope_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model

needs a Python with torch 2.7.1 and transformers. Writes rope.json: a list of configurations with the values that a model of theirs uses.
"""

import json
import sys
from pathlib import Path

from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

YARN = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32768)
SCALINGS = [
    dict(rope_type="default"),
    dict(rope_type="linear", factor=3.0),
    dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192),
    dict(rope_type="llama3", factor=32.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192),
    YARN,
    YARN | dict(truncate=False),
    YARN | dict(beta_fast=16.0, beta_slow=2.0),
    YARN | dict(attention_factor=1.25),
    YARN | dict(factor=40.0, original_max_position_embeddings=4096, mscale=1.0, mscale_all_dim=0.8),
    YARN | dict(factor=40.0, original_max_position_embeddings=4096, mscale=1.0),
    YARN | dict(original_max_position_embeddings=4),
    dict(rope_type="yarn", factor=4.0),
]


def main(root):
    cases = []
    for scaling in SCALINGS:
        for theta, head_dim in [(1_000_000.0, 128), (10_000.0, 64), (150.0, 8)]:
            given = dict(
                model_type="llama",
                vocab_size=64,
                hidden_size=2 * head_dim,
                num_hidden_layers=1,
                num_attention_heads=2,
                intermediate_size=24,
                max_position_embeddings=131072,
                rope_theta=theta,
                rope_scaling=scaling,
            )
            rope = LlamaRotaryEmbedding(LlamaConfig(**json.loads(json.dumps(given))))
            cases.append(dict(config=given, frequencies=rope.inv_freq.tolist(), attentionFactor=rope.attention_scaling))
    (root / "rope.json").write_text(json.dumps(dict(cases=cases)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
