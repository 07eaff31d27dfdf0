"""What was measured, kept row by row, as a table for the terminal and as RESULTS.md."""

import json
import pathlib
import statistics

ENDURANCE = "endurance"
NOTES = pathlib.Path(__file__).with_name("NOTES.md")

METHOD = """# Speed and memory against TRL and transformers

Made by `./cascade bench`, row by row (`./cascade bench --row NAME`), and `./cascade bench --memory`.

Both sides of a row are processes of their own on the same model folder and data, in the same precision, with 2 threads. They take turns, a round
each in changing order; while one computes the other waits. The first round of each warms up and does not count. A speed is the median over the
rounds, with lowest and highest in brackets; the ratio is that of the medians, in brackets the lowest and highest of a round's. Tokens are real ones:
no padding; in a rollout and a GRPO step the sampled ones. Memory is the peak of the resident set of the whole process (Java or Python), the model's
loading included. Our side of a training row is the code that a stage runs, from the data's order to the optimizer, with the settings that a stage has;
rollouts are `CausalLM.generate`. A reward costs nothing and gives every group a spread, by the same rule on both sides.
"""


class Book:
    """The measured rows of a folder; measuring one again replaces it."""

    def __init__(self, folder, table):
        self.folder = folder
        self.rows = table
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, name, measured):
        (self.folder / f"{name}.json").write_text(json.dumps(measured))

    def read(self, name):
        path = self.folder / f"{name}.json"
        return json.loads(path.read_text()) if path.is_file() else None

    def measured(self):
        return [(name, row, self.read(name)) for name, row in self.rows.items() if self.read(name)]

    def table(self):
        lines = [
            "| row | work | against | ours, tokens/s | peer, tokens/s | ratio | target | peak memory, ours / peer |",
            "|---|---|---|---|---|---|---|---|"]
        for name, row, measured in self.measured():
            ours, peer = (rates(measured, who) for who in ("ours", "peer"))
            target = "-" if row.target is None else f"{row.target}x" + (" met" if reached(ours, peer, row.target) else " **not met**")
            cells = [name, row.work, row.peer, spread(ours), spread(peer), ratio(ours, peer), target, memory(measured["peaks"], row.memory)]
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def shares(self):
        lines = [
            "| row | model GFLOP a token | ours, GFLOP/s | peer | machine's matrix products, fp32 | share ours | share peer |",
            "|---|---|---|---|---|---|---|"]
        for name, _, measured in self.measured():
            if measured["order"]["kind"] != "sft":
                continue
            cost, rate = flops_per_token(measured["order"]), measured["gflops"]
            did = [cost * statistics.median(rates(measured, who)) / 1e9 for who in ("ours", "peer") if rates(measured, who)]
            cells = [name, f"{cost / 1e9:.3f}", *(f"{value:.0f}" for value in did), f"{rate:.0f}", *(f"{100 * value / rate:.0f} %" for value in did)]
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines)

    def rounds(self):
        lines = ["| row | rounds | steps a round | seconds a step, ours / peer | tokens a step, ours / peer | date | commit |", "|---|---|---|---|---|---|---|"]
        for name, _, measured in self.measured():
            sides = [measured["rounds"][who] for who in ("ours", "peer") if measured["rounds"].get(who)]
            seconds = " / ".join(f"{statistics.median(r['seconds'] / r['steps'] for r in side):.2f}" for side in sides)
            tokens = " / ".join(f"{statistics.mean(r['tokens'] / r['steps'] for r in side):.0f}" for side in sides)
            lines.append(
                f"| {name} | {len(sides[0])} | {sides[0][0]['steps']} | {seconds} | {tokens} | {measured['date']} | {measured['commit']} |")
        return "\n".join(lines)

    def endurance(self):
        measured = self.read(ENDURANCE)
        if not measured:
            return ""
        lines = ["", "## Memory over many steps", "", f"Resident megabytes of the 0.8M model's training, {measured['date']}, {measured['commit']}:", ""]
        for name, resident in measured["runs"].items():
            lines.append(f"- {name}: " + ", ".join(f"{value:.0f} after {step}" for step, value in resident))
        return "\n".join(lines) + "\n"

    def page(self):
        last = [measured for _, _, measured in self.measured()] or [self.read(ENDURANCE)]
        stamp = last[-1]
        versions = ", ".join(f"{name} {version}" for name, version in stamp["versions"].items())
        return "\n".join([
            METHOD, f"Machine: {stamp['machine']}. Peers: {versions}.", "", self.table(), "", "## Share of the machine", "",
            "Model FLOPs: 6 a weight and token, the head's for the tokens of the loss only, and causal attention; the machine's rate is the best of square",
            "float32 products with 2 threads, taken after the row.", "", self.shares(), "", "## Rounds", "", self.rounds(), self.endurance(),
            NOTES.read_text(encoding="utf-8").rstrip() if NOTES.is_file() else "", ""])


def rates(measured, who):
    return [taken["tokens"] / taken["seconds"] for taken in measured["rounds"].get(who, [])]


def spread(values):
    return "-" if not values else f"{statistics.median(values):.0f} ({min(values):.0f}-{max(values):.0f})"


def reached(ours, peer, target):
    return bool(ours and peer) and statistics.median(ours) >= target * statistics.median(peer)


def ratio(ours, peer):
    if not ours or not peer:
        return "-"
    pairs = [a / b for a, b in zip(ours, peer)]
    return f"**{statistics.median(ours) / statistics.median(peer):.2f}x** ({min(pairs):.2f}-{max(pairs):.2f})"


def memory(peaks, target):
    text = " / ".join(f"{peaks[who]:.0f} MB" for who in ("ours", "peer") if who in peaks)
    if len(peaks) < 2:
        return text
    share = peaks["ours"] / peaks["peer"]
    verdict = "" if target is None else f", target {target}x " + ("met" if share <= target else "**not met**")
    return f"{text}: {share:.2f}x{verdict}"


def flops_per_token(order):
    """Mean over the conversations of the data."""
    config = json.loads((pathlib.Path(order["model"]) / "config.json").read_text())
    d, layers, wide = config["hidden_size"], config["num_hidden_layers"], config["intermediate_size"]
    queries, keys = config["num_attention_heads"] * config["head_dim"], config["num_key_value_heads"] * config["head_dim"]
    layer = 2 * d * queries + 2 * d * keys + 3 * d * wide
    total = tokens = 0
    for line in pathlib.Path(order["data"]).read_text(encoding="utf-8").splitlines():
        asked, answered = (len(message["content"].split()) + 3 for message in json.loads(line)["messages"])
        length = asked + answered
        tokens += length
        total += 6 * layers * layer * length + 6 * d * config["vocab_size"] * (answered - 2) + 6 * layers * queries * length**2
    return total / tokens
