"""Times the real command on short answers: writes cases of one verifier after the other and runs ./cascade verify on them.

Usage: python bench/reference/verify_command.py [math] [ifeval] [code]   (numbers of cases; run in the checkout)
The rate is the command's own, from its first line to its last, warming up included; the start of Java is not.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = [int(text) for text in sys.argv[1:4]] or [400_000, 100_000, 400]
draw = random.Random(1)


def math(i):
    a, b = draw.randint(2, 999), draw.randint(2, 99)
    right = draw.random() < 0.5
    kinds = [
        (str(a), str(a if right else a + 1)),
        (f"\\frac{{{a}}}{{{b}}}", f"\\dfrac{{{a if right else a + 1}}}{{{b}}}"),
        (f"{a}.5", f"{a if right else a + 1}.50"),
        (f"({a}, {b})", f"({a}, {b if right else b + 1})"),
        (f"{a}\\sqrt{{2}}", f"{a if right else a + 1}\\sqrt2"),
        (f"[{b}, {b + a}]", f"[{b}, {b + a if right else b + a + 1}]"),
    ]
    gold, answer = kinds[i % len(kinds)]
    return f"So we get {i}. The answer is \\boxed{{{answer}}}.", {"type": "math", "answer": gold}


def ifeval(i):
    words = [draw.choice(["the", "red", "cat", "is", "nice", "and", "calm"]) for _ in range(draw.randint(8, 30))]
    kinds = [
        ("length_constraints:number_words", {"relation": "at least", "num_words": 12}),
        ("keywords:existence", {"keywords": ["cat", "calm"]}),
        ("punctuation:no_comma", {}),
        ("change_case:english_lowercase", {}),
        ("startend:end_checker", {"end_phrase": "calm"}),
        ("keywords:frequency", {"relation": "less than", "keyword": "red", "frequency": 3}),
        ("detectable_format:number_bullet_lists", {"num_bullets": 2}),
    ]
    name, arguments = kinds[i % len(kinds)]
    spec = {"type": "ifeval", "instruction_id_list": [name], "kwargs": [arguments]}
    return " ".join(words) + f" {i}", spec


def code(i):
    answer = f"```python\nn = int(input())\nprint(n * {2 if i % 2 else 3})\n# {i}\n```"
    return answer, {"type": "code", "tests": [{"input": "4\n", "output": "8\n"}]}


with tempfile.TemporaryDirectory() as folder:
    for case, count in zip((math, ifeval, code), COUNTS):
        file = Path(folder, "cases.jsonl")
        with file.open("w", encoding="utf-8") as lines:
            for i in range(count):
                response, spec = case(i)
                lines.write(json.dumps({"id": str(i), "prompt": "", "response": response, "verifier": spec}) + "\n")
        with Path(folder, "results.jsonl").open("w") as results:
            ended = subprocess.run(["./cascade", "verify", file], stdout=results, stderr=subprocess.PIPE, text=True)
        print(ended.stderr.strip(), flush=True)
