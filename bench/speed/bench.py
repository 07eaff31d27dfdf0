"""Measures Cascade against TRL and transformers, row by row, and writes RESULTS.md. Started by ./cascade bench, which gives the arguments.

Both sides of a row are processes of their own with the same model folder, data, precision and threads. They take turns, a round each in changing
order, while the other side waits for its next order and computes nothing. The first round of each warms up and does not count.
"""

import argparse
import contextlib
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

import results
from table import rows

HERE = pathlib.Path(__file__).resolve().parent
THREADS = 2
# As stages are started.
JVM = ["-Xmx1g", "-XX:+UseSerialGC"]


class Side:
    """A process that does a round at a time."""

    def __init__(self, command, environment, log):
        self.log = pathlib.Path(log)
        with open(log, "w") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1, env={**os.environ, **environment})
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            last = self.log.read_text(errors="replace").splitlines()[-20:]
            sys.exit("\n".join([*last, f"A side of the measurement ended early (exit code {self.process.wait()}); its last words are above."]))
        return json.loads(line)

    def ask(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = options.folder
        self.classes = self.folder / "classes"
        self.environment = {"OMP_NUM_THREADS": str(THREADS), "MKL_NUM_THREADS": str(THREADS), "TOKENIZERS_PARALLELISM": "false"}

    def compile(self):
        self.classes.mkdir(parents=True, exist_ok=True)
        javac = pathlib.Path(self.options.java).with_name("javac")
        subprocess.run([str(javac), "-nowarn", "-cp", self.options.class_path, "-d", str(self.classes), str(HERE / "Ours.java")], check=True)

    def order(self, name, values):
        path = self.folder / f"{name}.json"
        scratch = self.folder / f"scratch-{name}"
        path.write_text(json.dumps({**values, "threads": THREADS, "scratch": str(scratch)}))
        return str(path)

    def ours(self, name, order):
        # As stages are started: threads that spin while they wait slow everything down once another process needs a processor.
        environment = {**self.environment, "OPT_OUT_TRACKING": "true", "OMP_WAIT_POLICY": "PASSIVE"}
        class_path = str(self.classes) + os.pathsep + self.options.class_path
        return Side([self.options.java, *JVM, "-cp", class_path, "Ours", order], environment, self.folder / f"{name}-ours.log")

    def peer(self, name, order):
        return Side([sys.executable, str(HERE / "peer.py"), order], self.environment, self.folder / f"{name}-peer.log")

    def products(self):
        """The machine's rate of matrix products now, in GFLOP/s."""
        side = self.peer("products", self.order("products", {"kind": "products"}))
        try:
            return max(side.ask("round")["gflops"] for _ in range(3))
        finally:
            side.close()

    def measure(self, name, row):
        """Rounds of both sides in turn; seconds and tokens of each, and peaks of memory."""
        order = self.order(name, row.order)
        with contextlib.ExitStack() as stack:
            sides = {}
            for who in ("ours", "peer"):
                if who in self.options.side:
                    sides[who] = getattr(self, who)(name, order)
                    stack.callback(sides[who].close)
            taken = {who: [] for who in sides}
            for number in range(self.options.rounds + 1):
                for who in sorted(sides, reverse=number % 2 == 1):
                    result = sides[who].ask("round")
                    if number > 0:
                        taken[who].append(result)
                        print(f"  {name} {number}/{self.options.rounds} {who}: {result['tokens'] / result['seconds']:.0f} tokens/s", flush=True)
            peaks = {who: side.ask("end")["peak_mb"] for who, side in sides.items()}
        return {"rounds": taken, "peaks": peaks}


def versions():
    names = ("torch", "transformers", "trl", "accelerate", "datasets", "tokenizers")
    return {name: importlib.metadata.version(name) for name in names} | {"python": platform.python_version()}


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--java", required=True)
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--row", action="append", default=[])
    parser.add_argument("--side", action="append", default=[], choices=["ours", "peer"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--smollm2-python", default=sys.executable)
    parser.add_argument("--command", required=True)
    parser.add_argument("--results", type=pathlib.Path)
    given = parser.parse_args()
    given.side = given.side or ["ours", "peer"]
    return given


def main():
    given = options()
    given.folder.mkdir(parents=True, exist_ok=True)
    material = given.folder / "material"
    table = rows(material)
    wanted = given.row or list(table)
    unknown = set(wanted) - set(table)
    if unknown:
        sys.exit(f"There is no row {', '.join(sorted(unknown))}; the rows are {', '.join(table)}.")
    if any("smollm2" in name for name in wanted) and not (material / "smollm2/model/model.safetensors").is_file():
        subprocess.run([given.smollm2_python, str(HERE.parents[1] / "examples/smollm2/prepare.py"), str(material / "smollm2")], check=True)
    subprocess.run([sys.executable, str(HERE / "material.py"), str(material)], check=True)
    bench = Bench(given)
    bench.compile()
    measured = results.Measured(given.command, datetime.date.today().isoformat(), versions(), material)
    for name in wanted:
        measured.add(name, table[name], bench.products(), bench.measure(name, table[name]))
    print(measured.table())
    if given.results:
        measured.write(given.results)


if __name__ == "__main__":
    main()
