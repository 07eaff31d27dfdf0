"""Reference texts and token ids for the tests of tokenizer and chat template, from tokenizers and transformers.

    python model_chat_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model

Trains a byte-level BPE of a few hundred tokens on the sentences below (chat/tokenizer.json) and writes chat/expected.json: ids of
texts, conversations rendered with SmolLM2's template (smollm2/chat_template.jinja) and with plain ChatML, and which tokens of a
conversation the assistant wrote, found by character offsets.
"""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SENTENCES = [
    "Bob has 9 pens . Bob loses 3 then finds 9 . How many now ?",
    "What is the capital of France? The capital of France is Paris.",
    "def add(x, y):\n    return x + y\n",
    "Die Straße führt über den Fluß. 東京は日本の首都です。 🚀 naïve café",
]
CONVERSATIONS = [
    [("user", "What is 2 + 2?")],
    [("system", "You are terse."), ("user", "Hello there"), ("assistant", "Hello."), ("user", "And now?")],
    [("user", "How many now ?"), ("assistant", "<think> 9 - 3 = 6 ; </think> 15"), ("user", "Thanks"), ("assistant", "Bye.\n")],
    [("user", "{{ 7 * 7 }} {% if x %} {# note #} <b>&amp;</b> \"quoted\" 'single' \\n back\\slash"), ("assistant", "{{ messages }}")],
    [("user", "  spaces around  \n\n"), ("assistant", "Straße 東京 🚀"), ("user", "x"), ("assistant", "")],
]


def train():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES * 3, trainer)
    return tokenizer


def assistant_mask(tokenizer, render, messages):
    text = render(messages, False)
    spans = []
    for i, message in enumerate(messages):
        if message["role"] == "assistant":
            start = len(render(messages[:i], True))
            spans.append((start, start + len(message["content"]) + len("<|im_end|>")))
    encoding = tokenizer.encode(text, add_special_tokens=False)
    mask = [any(a <= start and end <= b for a, b in spans) for start, end in encoding.offsets]
    return encoding.ids, mask


def main(root):
    folder = root / "chat"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = train()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<|im_start|>", eos_token="<|im_end|>", pad_token="<|im_end|>"
    )
    texts = SENTENCES + ["", "<|im_start|>user\nhi<|im_end|>\n", " leading", "trailing ", "a\n\n\nb", "e\u0301 \u200b"]
    encoded = []
    for text in texts:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        encoded.append(dict(text=text, ids=ids, decoded=tokenizer.decode(ids, skip_special_tokens=True)))
    chats = []
    for name, template in [("smollm2", (root / "smollm2" / "chat_template.jinja").read_text()), ("chatml", CHATML)]:

        def render(messages, add):
            if not messages and not add:
                return ""
            return fast.apply_chat_template(
                messages, chat_template=template, tokenize=False, add_generation_prompt=add
            )

        for conversation in CONVERSATIONS:
            messages = [dict(role=role, content=content) for role, content in conversation]
            ids, mask = assistant_mask(tokenizer, render, messages)
            chats.append(
                dict(
                    template=name,
                    messages=messages,
                    text=render(messages, False),
                    prompt=render(messages, True),
                    ids=ids,
                    assistant=mask,
                )
            )
    expected = dict(texts=encoded, chats=chats)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
