"""Compares `./cascade gate --json` with scipy and statsmodels on drawn scores of shapes that the committed cases lack.

Usage: python bench/reference/gate_random.py [seed]   (packages: numpy, scipy, statsmodels; run in the checkout)
Three items, equal scores, clusters of one and of few, graded scores, other numbers of samples on each side, huge differences. Numbers
with a formula must agree to 1e-9; what both sides draw (sign flips, bounds of a bounded mean) to 0.02. Prints every difference.
"""

import json
import math
import subprocess
import sys
import tempfile
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
ALPHA = 0.05
FOLDER = tempfile.mkdtemp()
benches = {}


def add(name, b, c, clusters=None, margin=0.05):
    benches[name] = (b, c, clusters, margin)


def bern(n, k, p):
    return (rng.random((n, k)) < p).astype(float)


def beta(n, k):
    return rng.random((n, k)).round(3)


add("n3-binary", bern(3, 1, 0.6), bern(3, 1, 0.6), margin=0.3)
add("n3-graded", beta(3, 4), beta(3, 2), margin=0.3)
add("n2", np.array([[1.0], [0.0]]), np.array([[1.0], [1.0]]), margin=0.4)
add("equal-1", np.ones((50, 1)), np.ones((50, 1)))
add("equal-0k", np.zeros((50, 4)), np.zeros((50, 4)))
x = bern(200, 1, 0.7)
add("same", x, x.copy())
add("huge-down", np.ones((100, 2)), np.zeros((100, 3)))
add("huge-up", np.zeros((60, 1)), np.ones((60, 1)))
add("const-diff", np.full((40, 2), 0.5), np.full((40, 2), 0.6))
for i in range(8):
    n = int(rng.integers(30, 800))
    kb = int(rng.integers(1, 9))
    kc = int(rng.integers(1, 9))
    p = rng.beta(1, 1, (n, 1))
    q = np.clip(p + rng.normal(0, 0.1, (n, 1)) - 0.02, 0, 1)
    add(f"k{i}", (rng.random((n, kb)) < p).astype(float), (rng.random((n, kc)) < q).astype(float))
for i in range(6):
    n = int(rng.integers(30, 500))
    p = rng.beta(1, 1, (n, 1))
    add(f"k1-{i}", bern(n, 1, p), bern(n, 1, p))
for i in range(5):
    n = int(rng.integers(40, 400))
    kb, kc = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    base = rng.random((n, 1))
    add(
        f"graded{i}",
        np.clip(base + rng.normal(0, 0.2, (n, kb)), 0, 1),
        np.clip(base - 0.01 + rng.normal(0, 0.2, (n, kc)), 0, 1),
    )
for i in range(6):
    n = int(rng.integers(60, 500))
    g = int(rng.integers(12, 60))
    cl = rng.integers(0, g, n)
    eff = rng.normal(0, 0.2, g)[cl][:, None]
    base = rng.random((n, 1))
    add(
        f"cl{i}",
        np.clip(base + rng.normal(0, 0.2, (n, 2)), 0, 1),
        np.clip(base + eff + rng.normal(0, 0.2, (n, 2)), 0, 1),
        [f"g{c}" for c in cl],
    )
n = 80
add("cl-of-one", beta(n, 2), beta(n, 2), [f"g{i}" for i in range(n)])
cl = [f"g{i//2}" if i < 40 else None for i in range(80)]
add("cl-mixed", beta(80, 2), beta(80, 2), cl)
add("cl-binary", bern(120, 1, 0.6), bern(120, 1, 0.6), [f"g{i//4}" for i in range(120)])
add("two-clusters", beta(40, 2), beta(40, 2), [f"g{i//20}" for i in range(40)], margin=0.3)
for side, idx in (("b", 0), ("c", 1)):
    with open(f"{FOLDER}/{side}.jsonl", "w") as f:
        for name, v in benches.items():
            for i, row in enumerate(v[idx]):
                d = {"benchmark": name, "item": str(i), "samples": [float(s) for s in row], "fingerprint": "f"}
                if v[2] and v[2][i]:
                    d["cluster"] = v[2][i]
                f.write(json.dumps(d) + "\n")
json.dump(
    {"alpha": ALPHA, "gates": [{"benchmark": k, "margin": v[3], "kind": "protect"} for k, v in benches.items()]},
    open(f"{FOLDER}/gates.json", "w"),
)
out = subprocess.run(
    [
        "./cascade",
        "gate",
        "--baseline",
        f"{FOLDER}/b.jsonl",
        "--candidate",
        f"{FOLDER}/c.jsonl",
        "--gates",
        f"{FOLDER}/gates.json",
        "--json",
    ],
    capture_output=True,
    text=True,
)
res = json.loads(out.stdout)
got = {b["benchmark"]: b for b in res["benchmarks"]}
bad = 0


def cmp(name, what, a, b, tol=1e-9):
    global bad
    if a is None and (b is None or (isinstance(b, float) and math.isnan(b))):
        return
    if a is None or b is None or abs(a - b) > tol * max(1, abs(b)):
        bad += 1
        print("DIFF", name, what, a, b)


def tango(b, c, n, z):
    def Z(d):
        B = (b + c) * (1 - d) + 2 * c * d - 2 * n * d
        q = (B + math.sqrt(max(B * B + 8 * n * b * d * (1 - d), 0))) / (4 * n)
        v = n * (2 * q + d * (1 - d))
        s = c - b - n * d
        return 0 if s == 0 else s / math.sqrt(v) if v > 0 else math.copysign(math.inf, s)

    def solve(t):
        lo, hi = -1.0, 1.0
        for _ in range(200):
            m = (lo + hi) / 2
            if Z(m) > t:
                lo = m
            else:
                hi = m
        return (lo + hi) / 2

    return solve(z), solve(-z)


z = stats.norm.isf(ALPHA)
zb = stats.norm.isf(0.2)
ps = []
names = []
meth = {}
for name, (b, c, cl, margin) in benches.items():
    r = got[name]
    n = len(b)
    if r["verdict"] == "ERROR":
        print("ERROR", name, r["sentence"])
        continue
    d = c.mean(1) - b.mean(1)
    D = d.mean()
    cmp(name, "n", r["n"], n)
    cmp(name, "difference", r["difference"], D)
    cmp(name, "baseline", r["baseline"], b.mean(1).mean())
    cmp(name, "candidate", r["candidate"], c.mean(1).mean())
    ids = [(cl[i] if cl and cl[i] else f"__{i}") for i in range(n)]
    groups = {}
    for i, g in enumerate(ids):
        groups.setdefault(g, []).append(i)
    G = len(groups)
    if G < n:
        ss = sum((d[ix] - D).sum() ** 2 for ix in groups.values())
        se = math.sqrt(G / (G - 1) * ss) / n
    else:
        se = d.std(ddof=1) / math.sqrt(n)
    cmp(name, "clusters", r["clusters"], G)
    cmp(name, "se", r["standardError"], se, 1e-9)
    kb, kc = b.shape[1], c.shape[1]
    if kb > 1 and kc > 1:
        fix = math.sqrt((b.var(axis=1, ddof=1) / kb + c.var(axis=1, ddof=1) / kc).sum()) / n
        cmp(name, "fixed", r["fixedItemStandardError"], fix)
    else:
        cmp(name, "fixed", r["fixedItemStandardError"], None)
    m = r["method"]
    meth[m] = meth.get(m, 0) + 1
    if "t" in m.split():
        t = stats.t.ppf(1 - ALPHA, G - 1)
        cmp(name, "lower", r["lower"], D - t * se)
        cmp(name, "upper", r["upper"], D + t * se)
    elif m.startswith("Tango"):
        lost = int((d < 0).sum())
        won = int((d > 0).sum())
        L, U = tango(lost, won, n, z)
        cmp(name, "lower", r["lower"], L, 1e-8)
        cmp(name, "upper", r["upper"], U, 1e-8)
    else:
        # bounded mean by Monte Carlo of its own
        tot = np.array([d[ix].sum() for ix in groups.values()]) * G / n
        big = max(len(ix) for ix in groups.values()) * G / n

        def lower(v):
            w = rng.exponential(1, (60000, len(v) + 1))
            w /= w.sum(1, keepdims=True)
            return np.quantile((w[:, :-1] * v).sum(1) - w[:, -1] * big, ALPHA)

        cmp(name, "lower~", r["lower"], lower(tot), 0.02)
        cmp(name, "upper~", r["upper"], -lower(-tot), 0.02)
    single = kb == 1 and kc == 1 and G == n and set(np.unique(b)) | set(np.unique(c)) <= {0.0, 1.0}
    if single:
        lost = int((d < 0).sum())
        won = int((d > 0).sum())
        p = stats.binomtest(lost, lost + won, 0.5, alternative="greater").pvalue if lost + won else 1.0
        cmp(name, "mcnemar", r["degradationP"], p, 1e-9)
    else:
        tot = np.array([d[ix].sum() for ix in groups.values()])
        s = rng.choice([-1.0, 1.0], (20000, len(tot)))
        p = (1 + ((s * tot).sum(1) <= tot.sum() + 1e-9).sum()) / 20001
        cmp(name, "signflip~", r["degradationP"], p, 0.02)
    ps.append(r["degradationP"])
    names.append(name)
    want = "PASS" if r["lower"] >= -margin else "REGRESSED" if r["upper"] < -margin else "INCONCLUSIVE"
    if b.mean(1).mean() < margin:
        want = "INCONCLUSIVE"
    if want != r["verdict"]:
        bad += 1
        print("VERDICT", name, r["verdict"], want, r["lower"], r["upper"])
    if se > 0 and "t" in m.split():
        cmp(name, "resolution", r["resolution"], se / margin)
        cmp(name, "passIf", r["passIfUnchanged"], stats.norm.cdf(margin / se - z))
        cmp(name, "provable", r["provableMargin"], (z + zb) * se)
        cmp(name, "itemsNeeded", r["itemsNeeded"], math.ceil(n * ((z + zb) * se / margin) ** 2), 1e-6)
rej = multipletests(ps, ALPHA, "holm")[0]
for nme, rj in zip(names, rej):
    if bool(rj) != got[nme]["warning"]:
        bad += 1
        print("HOLM", nme, got[nme]["warning"], rj)
print("methods", meth, "benchmarks", len(names), "differences", bad, "verdict", res["verdict"], out.stderr[:300])
