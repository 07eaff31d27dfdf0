"""Measures Cascade against TRL and transformers, row by row, and writes RESULTS.md. Started by ./cascade bench, which gives the arguments.

Both sides of a row are processes of their own with the same model folder, data, precision and threads. They take turns, a round each in changing
order, while the other side waits for its next order and computes nothing. The first round of each warms up and does not count.
"""

import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys

import environment
import machine
import results
from table import endurance, rows

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
THREADS = 2
# As stages are started.
JVM = ["-Xmx1g", "-XX:+UseSerialGC"]


class Side:
    """A process that does a round at a time."""

    def __init__(self, command, variables, log):
        self.log = pathlib.Path(log)
        with open(log, "w") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1, env={**os.environ, **variables})
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            last = self.log.read_text(errors="replace").splitlines()[-20:]
            sys.exit("\n".join([*last, f"A side of the measurement ended early with exit code {self.process.wait()}; its last words are above."]))
        return json.loads(line)

    def ask(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.kill()
        self.process.wait()


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = options.folder
        self.classes = self.folder / "classes"
        # PASSIVE as stages are started: threads that spin while they wait slow both sides down once anything else needs a processor.
        self.variables = {"OMP_NUM_THREADS": str(THREADS), "MKL_NUM_THREADS": str(THREADS), "OMP_WAIT_POLICY": "PASSIVE", "OPT_OUT_TRACKING": "true"}

    def prepare(self, smollm2):
        self.classes.mkdir(parents=True, exist_ok=True)
        material = self.folder / "material"
        if smollm2 and not (material / "smollm2/model/model.safetensors").is_file():
            subprocess.run([sys.executable, str(REPOSITORY / "examples/smollm2/prepare.py"), str(material / "smollm2")], check=True)
        with open(self.folder / "material.log", "w") as log:
            subprocess.run([sys.executable, str(HERE / "material.py"), str(material)], check=True, stderr=log)
        javac = pathlib.Path(self.options.java).with_name("javac")
        subprocess.run([str(javac), "-nowarn", "-cp", self.options.class_path, "-d", str(self.classes), str(HERE / "Ours.java")], check=True)

    def order(self, name, values):
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps({**values, "threads": THREADS, "scratch": str(self.folder / f"scratch-{name}")}))
        return str(path)

    def ours(self, name, order):
        class_path = str(self.classes) + os.pathsep + self.options.class_path
        return Side([self.options.java, *JVM, "-cp", class_path, "Ours", order], self.variables, self.folder / f"{name}-ours.log")

    def peer(self, name, order):
        return Side([sys.executable, str(HERE / "peer.py"), order], self.variables, self.folder / f"{name}-peer.log")

    def products(self):
        """The machine's rate of float32 matrix products now, in GFLOP/s."""
        with contextlib.closing(self.peer("products", self.order("products", {"kind": "products"}))) as side:
            return max(side.ask("round")["gflops"] for _ in range(3))

    def measure(self, name, row):
        """Rounds of both sides in turn, and the peaks of their memory."""
        order = self.order(name, row.order)
        with contextlib.ExitStack() as stack:
            sides = {who: stack.enter_context(contextlib.closing(getattr(self, who)(name, order))) for who in self.options.side}
            taken = {who: [] for who in sides}
            for number in range(self.options.rounds + 1):
                for who in sorted(sides, reverse=number % 2 == 1):
                    result = sides[who].ask("round")
                    if number > 0:
                        taken[who].append(result)
                        rate = result["tokens"] / result["seconds"]
                        print(f"  {name} {number}/{self.options.rounds} {who}: {rate:.0f} tokens/s", flush=True)
            peaks = {who: side.ask("end")["peak_mb"] for who, side in sides.items()}
        return {"rounds": taken, "peaks": peaks, "gflops": self.products(), "order": row.order}

    def endure(self, name, order, rounds):
        """Resident megabytes after every round."""
        with contextlib.closing(self.ours("endurance", self.order("endurance", order))) as side:
            resident = []
            for number in range(1, rounds + 1):
                resident.append((number * order["steps"], side.ask("round")["resident_mb"]))
                print(f"  {name}: {resident[-1][1]:.0f} MB after {resident[-1][0]} steps", flush=True)
        return resident


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path.home() / ".cache/cascade/bench")
    parser.add_argument("--java", required=True)
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--row", action="append", default=[])
    parser.add_argument("--side", action="append", default=[], choices=["ours", "peer"], help="for profiles: one side alone")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--results", type=pathlib.Path)
    given = parser.parse_args()
    given.side = given.side or ["ours", "peer"]
    return given


def main():
    given = options()
    table = rows(given.folder / "material")
    if given.list:
        print("\n".join(f"{name:18} {row.work}" for name, row in table.items()))
        return
    unknown = set(given.row) - set(table)
    if unknown:
        sys.exit(f"There is no row {', '.join(sorted(unknown))}; the rows are {', '.join(table)}.")
    environment.enter()
    given.folder.mkdir(parents=True, exist_ok=True)
    wanted = given.row or ([] if given.memory else list(table))
    bench = Bench(given)
    bench.prepare(any("smollm2" in name for name in wanted))
    book = results.Book(given.folder / "measured", table)
    stamp = machine.stamp(REPOSITORY)
    for name in wanted:
        book.add(name, {**bench.measure(name, table[name]), **stamp})
    if given.memory:
        runs = {name: bench.endure(name, order, rounds) for name, order, rounds in endurance(given.folder / "material")}
        book.add(results.ENDURANCE, {"runs": runs, **stamp})
    print(book.table())
    if given.results and len(given.side) == 2:
        given.results.write_text(book.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
