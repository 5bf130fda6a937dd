"""
Independent values of intervals for the tests of @netspace/statistics: of the intraclass correlation by SciPy's F
distribution, of the probability of improvement by SciPy's Brunner-Munzel statistic, of Spearman's correlation by NumPy.

    python3 -m pip install numpy scipy
    python3 tools/references/intervals.py > packages/statistics/src/fixtures/intervals.json
"""

import json

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(7)


def reliability(networks, repeats, spread):
    table = random.normal(0, spread, (networks, 1)) + random.normal(0, 1, (networks, repeats))
    table = np.round(20 + table, 3)
    between = repeats * table.mean(axis=1).var(ddof=1)
    within = table.var(axis=1, ddof=1).mean()
    freedom = (networks - 1, networks * (repeats - 1))
    ratio = between / within
    low, high = (max(0, (ratio / f - 1) / (ratio / f + repeats - 1)) for f in stats.f.ppf([0.975, 0.025], *freedom))
    return {"table": table.tolist(), "low": low, "high": high}


def improvement(first, other):
    a, b = random.normal(0, 1, first).round(2), random.normal(0.6, 2, other).round(2)
    p = ((a[:, None] < b).sum() + (a[:, None] == b).sum() / 2) / (first * other)
    # SciPy's statistic is (1/2 - P(a > b) - ...) over its error, up to sign: the error follows from it.
    statistic, _ = stats.brunnermunzel(a, b)
    error = abs((p - 0.5) / statistic)
    ranks = stats.rankdata(np.concatenate([a, b]))
    own_a, own_b = stats.rankdata(a), stats.rankdata(b)
    va, vb = (ranks[:first] - own_a).var(ddof=1), (ranks[first:] - own_b).var(ddof=1)
    freedom = (first * va + other * vb) ** 2 / ((first * va) ** 2 / (first - 1) + (other * vb) ** 2 / (other - 1))
    reach = stats.t.ppf(0.975, freedom) * error / (p * (1 - p))
    low, high = 1 / (1 + np.exp(-(np.log(p / (1 - p)) + np.array([-reach, reach]))))
    return {"a": a.tolist(), "b": b.tolist(), "value": p, "low": low, "high": high}


def rank_correlation(n, slope):
    x = random.normal(0, 1, n)
    r = stats.spearmanr(x, slope * x + random.normal(0, 1, n)).statistic
    reach = stats.norm.ppf(0.975) * np.sqrt((1 + r**2 / 2) / (n - 3))
    return {"r": r, "n": n, "low": np.tanh(np.arctanh(r) - reach), "high": np.tanh(np.arctanh(r) + reach)}


print(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
            "reliability": [reliability(*sizes) for sizes in [(25, 2, 2), (10, 3, 0.5), (6, 4, 5), (40, 2, 0)]],
            "improvement": [improvement(*sizes) for sizes in [(24, 24), (10, 40), (100, 100)]],
            "rankCorrelation": [rank_correlation(*sizes) for sizes in [(24, 1), (100, 3), (12, -0.5)]],
        },
        default=float,
    )
)
