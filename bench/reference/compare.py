"""Compares reference numbers that were computed anew with the committed ones: python compare.py NEW COMMITTED [--write]

A file of tensors or gradients differs when the L2 distance over all of it is more than 1e-5 of its length, a JSON file when one number
differs by more than 1e-5 of the larger one (numbers below 1e-4 by more than 1e-9) or anything else differs. How far bfloat16 lies from float32
depends on the processor: bf16.json differs when one of its numbers is more than twice the committed one, or less than half of it. With --write
the files that differ or are not there are replaced.
"""

import json
import math
import pathlib
import shutil
import sys

import numpy
from safetensors.numpy import load_file

LIMIT = 1e-5
BFLOAT16_LIMIT = 1.0
NOT_NUMBERS = {"config.json", "generation_config.json", "adapter_config.json"}


def numbers(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from numbers(inner, f"{path}[{place}]")
    else:
        yield path, value


def json_distance(new, old):
    left, right = dict(numbers(new)), dict(numbers(old))
    if left.keys() != right.keys():
        return math.inf
    worst = 0.0
    for path, a in left.items():
        b = right[path]
        if isinstance(a, float) and isinstance(b, float):
            worst = max(worst, abs(a - b) / max(abs(a), abs(b), 1e-4))
        elif a != b:
            return math.inf
    return worst


def ratio(new, old):
    left, right = dict(numbers(new)), dict(numbers(old))
    if left.keys() != right.keys():
        return math.inf
    return max(max(a, b) / max(min(a, b), 1e-9) - 1 for a, b in ((value, right[path]) for path, value in left.items()))


def relative(new, old):
    if new.shape != old.shape:
        return math.inf
    return float(numpy.linalg.norm(new - old) / max(numpy.linalg.norm(old), 1e-30))


def distance(new, old):
    if not old.exists():
        return math.inf
    if new.name == "bf16.json":
        return ratio(json.loads(new.read_text()), json.loads(old.read_text()))
    if new.suffix == ".json":
        return json_distance(json.loads(new.read_text()), json.loads(old.read_text()))
    if new.suffix == ".bin":
        return relative(numpy.fromfile(new, "<f4"), numpy.fromfile(old, "<f4"))
    a, b = load_file(new), load_file(old)
    if a.keys() != b.keys():
        return math.inf
    return relative(*(numpy.concatenate([t[name].ravel() for name in sorted(a)]) for t in (a, b)))


def main():
    new, committed = map(pathlib.Path, sys.argv[1:3])
    write = "--write" in sys.argv[3:]
    wrong = 0
    for file in sorted(p for p in new.rglob("*") if p.suffix in (".json", ".bin", ".safetensors")):
        name = file.relative_to(new)
        if name.name in NOT_NUMBERS:
            continue
        apart = distance(file, committed / name)
        fits = apart <= (BFLOAT16_LIMIT if name.name == "bf16.json" else LIMIT)
        print(f"{'ok   ' if fits else 'WRONG'} {apart:8.1e}  {name}")
        if not fits:
            wrong += 1
            if write:
                (committed / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, committed / name)
    if wrong and not write:
        sys.exit(f"{wrong} files of reference numbers differ from the committed ones.")
    print(f"{wrong} files written." if wrong else "All reference numbers are as committed.")


if __name__ == "__main__":
    main()
