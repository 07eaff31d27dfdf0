"""What was measured, as a table for the terminal and as RESULTS.md."""

import json
import pathlib
import statistics


class Measured:
    def __init__(self, command, date, versions, material):
        self.command = command
        self.date = date
        self.versions = versions
        self.material = material
        self.lines = []

    def add(self, name, row, gflops, measured):
        rates = {
            who: [taken["tokens"] / taken["seconds"] for taken in rounds] for who, rounds in measured["rounds"].items()}
        self.lines.append({"name": name, "row": row, "gflops": gflops, "rates": rates, "peaks": measured["peaks"], "rounds": measured["rounds"]})

    def table(self):
        return "\n".join(self.texts())

    def texts(self):
        yield "| work | against | tokens/s ours | peer | ratio (lowest-highest) | target | peak memory ours / peer |"
        yield "|---|---|---|---|---|---|---|"
        for line in self.lines:
            ours, peer = (line["rates"].get(who) for who in ("ours", "peer"))
            peaks = " / ".join(f"{line['peaks'][who]:.0f} MB" for who in ("ours", "peer") if who in line["peaks"])
            cells = [line["row"].work, line["row"].peer, spread(ours), spread(peer), ratio(ours, peer), f"{line['row'].target}x", peaks + share(line)]
            yield "| " + " | ".join(cells) + " |"


def spread(rates):
    return "-" if not rates else f"{statistics.median(rates):.0f} ({min(rates):.0f}-{max(rates):.0f})"


def ratio(ours, peer):
    if not ours or not peer:
        return "-"
    pairs = [a / b for a, b in zip(ours, peer)]
    return f"{statistics.median(ours) / statistics.median(peer):.2f}x ({min(pairs):.2f}-{max(pairs):.2f})"


def share(line):
    peaks = line["peaks"]
    return f" ({peaks['ours'] / peaks['peer']:.2f}x)" if len(peaks) == 2 else ""
