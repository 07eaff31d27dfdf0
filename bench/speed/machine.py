"""What a measurement was made on and with."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import subprocess

PACKAGES = ("torch", "transformers", "trl", "accelerate", "datasets", "tokenizers")
# Which instructions the matrix products can use.
FLAGS = ("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16")


def stamp(repository):
    """Date, commit, processor and versions."""
    return {"date": datetime.date.today().isoformat(), "commit": commit(repository), "machine": processor(), "versions": versions()}


def commit(repository):
    def git(*arguments):
        return subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/RESULTS.md")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def processor():
    info = pathlib.Path("/proc/cpuinfo").read_text()
    fields = {}
    for line in info.splitlines():
        key, _, value = line.partition(":")
        fields.setdefault(key.strip(), value.strip())
    flags = set(fields.get("flags", "").split())
    have = [flag for flag in FLAGS if flag in flags]
    lack = [flag for flag in FLAGS if flag not in flags]
    memory = next(line for line in pathlib.Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return (
        f"{fields.get('model name', platform.machine())} (family {fields.get('cpu family', '?')}, model {fields.get('model', '?')}), "
        f"{os.cpu_count()} processors, {round(int(memory.split()[1]) / 2**20)} GiB; has {', '.join(have)}; lacks {', '.join(lack)}")


def versions():
    return {name: importlib.metadata.version(name) for name in PACKAGES} | {"Python": platform.python_version()}
