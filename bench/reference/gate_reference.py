"""Reference numbers for the gate, made with numpy, scipy and statsmodels and none of the gate's own formulas where a library has
its own: paired t by scipy, clustered errors by statsmodels' OLS, Tango's bounds by maximising the constrained likelihood
numerically, McNemar by scipy's binomial test, Holm by statsmodels, the bounded mean by Clopper-Pearson and by simulation.

    python gate_reference.py > ../../src/test/resources/io/jenkins/plugins/cascade/gate/reference.json
"""
import json
import sys

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_confint

ALPHA, POWER, MARGIN = 0.05, 0.80, 0.03


def graded(rng, n, k_baseline, k_candidate, cluster_size):
    """0/1 samples of items of mixed difficulty; the candidate's ability moves by cluster."""
    ability = rng.beta(0.8, 0.8, n)
    clusters = np.arange(n) // cluster_size
    moved = np.clip(ability + 0.1 * rng.normal(size=clusters.max() + 1)[clusters] - 0.01, 0, 1)
    baseline = (rng.random((n, k_baseline)) < ability[:, None]).astype(float)
    candidate = (rng.random((n, k_candidate)) < moved[:, None]).astype(float)
    return baseline, candidate, clusters


def continuous(rng, n):
    ability = rng.beta(2, 2, n)
    return (np.clip(ability + 0.1 * rng.normal(size=n), 0, 1)[:, None],
            np.clip(ability + 0.1 * rng.normal(size=n), 0, 1)[:, None])


def sampling_variance(samples):
    return samples.var(axis=1, ddof=1).mean() if samples.shape[1] > 1 else None


def t_case(name, baseline, candidate, clusters):
    difference = candidate.mean(axis=1) - baseline.mean(axis=1)
    n = len(difference)
    if clusters is None:
        test = stats.ttest_rel(candidate.mean(axis=1), baseline.mean(axis=1))
        standard_error = difference.mean() / test.statistic
        lower = stats.ttest_rel(candidate.mean(axis=1), baseline.mean(axis=1),
                                alternative="greater").confidence_interval(1 - ALPHA).low
        upper = stats.ttest_rel(candidate.mean(axis=1), baseline.mean(axis=1),
                                alternative="less").confidence_interval(1 - ALPHA).high
    else:
        fit = sm.OLS(difference, np.ones(n)).fit(
            cov_type="cluster", cov_kwds={"groups": clusters, "df_correction": True}, use_t=True)
        standard_error = fit.bse[0]
        lower, upper = fit.conf_int(2 * ALPHA)[0]
    within_b, within_c = sampling_variance(baseline), sampling_variance(candidate)
    fixed = None
    if within_b is not None and within_c is not None:
        fixed = np.sqrt((within_b / baseline.shape[1] + within_c / candidate.shape[1]) / n)
    sd = standard_error * np.sqrt(n)
    return {
        "name": name, "baseline": baseline.tolist(), "candidate": candidate.tolist(),
        "clusters": None if clusters is None else [int(c) for c in clusters],
        "difference": difference.mean(), "standardError": standard_error, "fixedItemStandardError": fixed,
        "lower": lower, "upper": upper, "margin": MARGIN,
        "passIfUnchanged": stats.norm.cdf(MARGIN / standard_error - stats.norm.isf(ALPHA)),
        "provableMargin": optimize.brentq(
            lambda m: stats.norm.cdf(m / standard_error - stats.norm.isf(ALPHA)) - POWER, 0, 10, xtol=1e-14),
        "itemsNeeded": int(np.ceil(normal_sample_size_one_tail(MARGIN, POWER, ALPHA, std_null=sd))),
    }


def constrained_log_likelihood(q, lost, won, n, difference):
    """Multinomial likelihood with P(only baseline) = q and P(only candidate) = q + difference."""
    p = np.array([q, q + difference, 1 - 2 * q - difference])
    counts = np.array([lost, won, n - lost - won])
    if (p < 0).any():
        return -np.inf
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(counts == 0, 0, counts * np.log(p)).sum()


def tango_statistic(lost, won, n, difference):
    low, high = max(0, -difference), (1 - difference) / 2
    best = optimize.minimize_scalar(
        lambda q: -constrained_log_likelihood(q, lost, won, n, difference), bounds=(low, high), method="bounded",
        options={"xatol": 1e-13})
    q = best.x
    variance = n * (2 * q + difference - difference ** 2)
    return (won - lost - n * difference) / np.sqrt(variance)


def tango_case(lost, won, n):
    z = stats.norm.isf(ALPHA)
    bounds = {}
    for side, sign in (("lower", 1), ("upper", -1)):
        bounds[side] = optimize.brentq(
            lambda d: tango_statistic(lost, won, n, d) - sign * z, -1 + 1e-9, 1 - 1e-9, xtol=1e-12)
    return {"lost": lost, "won": won, "n": n, **bounds,
            "mcNemar": stats.binomtest(lost, lost + won, 0.5, alternative="greater").pvalue if lost + won else 1.0}


def bounded_case(rng, values):
    """The bound by its definition, with 400,000 draws, and Clopper-Pearson where all values are 0 or -1."""
    n = len(values)
    lower = []
    for _ in range(40):
        weights = rng.dirichlet(np.ones(n + 1), 10_000)
        lower.append(np.quantile(weights @ np.concatenate([[-1.0], np.sort(values)]), ALPHA))
    losses = int((np.asarray(values) == -1).sum())
    exact = None
    if losses + int((np.asarray(values) == 0).sum()) == n:
        exact = -proportion_confint(losses, n, 2 * ALPHA, method="beta")[1]
    return {"values": list(map(float, values)), "lower": float(np.mean(lower)), "clopperPearson": exact}


def sign_flip_case(name, baseline, candidate):
    test = stats.permutation_test(
        (candidate.mean(axis=1), baseline.mean(axis=1)), lambda x, y, axis: (x - y).sum(axis=axis),
        permutation_type="samples", vectorized=True, n_resamples=100_000, alternative="less", random_state=3)
    return {"name": name, "baseline": baseline.tolist(), "candidate": candidate.tolist(), "p": test.pvalue}


def main():
    rng = np.random.default_rng(20251213)
    t = []
    for n, kb, kc in ((120, 8, 8), (60, 4, 2), (500, 4, 4)):
        baseline, candidate, _ = graded(rng, n, kb, kc, 1)
        t.append(t_case(f"graded n={n} K={kb},{kc}", baseline, candidate, None))
    baseline, candidate = continuous(rng, 80)
    t.append(t_case("continuous n=80", baseline, candidate, None))
    baseline, candidate, _ = graded(rng, 400, 1, 1, 1)
    t.append(t_case("table n=400", baseline, candidate, None))
    for n, k, size in ((240, 4, 6), (300, 1, 5), (200, 8, 7)):
        baseline, candidate, clusters = graded(rng, n, k, k, size)
        t.append(t_case(f"clustered n={n} K={k} size={size}", baseline, candidate, clusters))
    tango = [tango_case(*c) for c in (
        (0, 0, 30), (3, 1, 30), (1, 4, 30), (5, 5, 50), (0, 6, 100), (9, 0, 100), (12, 20, 198), (20, 4, 541), (7, 7, 2000))]
    bounded = [bounded_case(rng, values) for values in (
        [0.0] * 20, [-1.0] * 3 + [0.0] * 37, list(np.round(rng.normal(-0.02, 0.1, 24), 4)),
        [-1.0, -0.5, -0.25, 0.125] + [0.0] * 96)]
    flips = []
    for n in (40, 150):
        baseline, candidate, _ = graded(rng, n, 8, 8, 1)
        flips.append(sign_flip_case(f"n={n}", baseline, candidate))
    p = [[0.001, 0.02, 0.03, 0.04, 0.8], [0.012, 0.013, 0.2, 0.9], [0.01, 0.02, 0.03], [0.04] * 3]
    holm = [{"p": row, "rejected": multipletests(row, ALPHA, method="holm")[0].tolist()} for row in p]
    json.dump({"alpha": ALPHA, "power": POWER, "t": t, "tango": tango, "bounded": bounded, "signFlip": flips,
               "holm": holm}, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
