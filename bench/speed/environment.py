"""The virtual environment of the peers, below ~/.cache/cascade."""

import os
import pathlib
import subprocess
import sys

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")


def has_peers():
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
        import trl  # noqa: F401
    except ImportError:
        return False
    return True


def enter():
    """Continues in a Python that has the peers: this one, or that of an environment that is made where it is missing or half made."""
    if has_peers():
        return
    if "CASCADE_BENCH_PYTHON" in os.environ:
        sys.exit(f"{sys.executable} lacks torch, transformers or trl: install {REQUIREMENTS} in it, or unset CASCADE_BENCH_PYTHON.")
    folder = pathlib.Path.home() / ".cache/cascade/bench-venv"
    python = folder / "bin/python"
    complete = folder / "complete"
    wanted = REQUIREMENTS.read_text()
    if not complete.is_file() or complete.read_text() != wanted:
        print(f"Making a virtual environment with the peers in {folder} (about 6 GB) ...", flush=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)], check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"The virtual environment {folder} could not be made: {error}. Look at pip's words above; then run this again.")
        complete.write_text(wanted)
    os.execv(str(python), [str(python), *sys.argv])
