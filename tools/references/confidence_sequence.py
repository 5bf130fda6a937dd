"""
Independent values of a confidence sequence of a mean for the tests of @netspace/statistics: the hedged capital process of
Waudby-Smith and Ramdas (arXiv 2010.09686), theorem 3, as max(K+ / 2, K- / 2) < 1 / alpha on a fine grid of means, whose
crossings are refined by SciPy.

    python3 -m pip install numpy scipy
    python3 tools/references/confidence_sequence.py > packages/statistics/src/fixtures/confidence-sequence.json
"""

import json

import numpy as np
import scipy
from scipy import optimize

random = np.random.default_rng(12)
MOST = 0.9


def hedged(x, bets, m):
    """The larger half of the capital; x and m in [0, 1]."""
    up = np.prod(1 + np.minimum(bets, MOST / m) * (x - m))
    down = np.prod(1 - np.minimum(bets, MOST / (1 - m)) * (x - m))
    return max(up, down) / 2


def interval(x, half_width, alpha):
    n = len(x)
    means = (0.5 + np.concatenate([[0], np.cumsum(x)])) / np.arange(1, n + 2)
    variances = (0.25 + np.concatenate([[0], np.cumsum((x - means[:-1]) ** 2)])) / np.arange(1, n + 2)
    bets = half_width / variances[:-1]
    grid = np.linspace(1e-6, 1 - 1e-6, 4001)
    excess = lambda m: hedged(x, bets, m) - 1 / alpha
    inside = np.flatnonzero([excess(m) < 0 for m in grid])
    assert np.all(np.diff(inside) == 1), "an interval"
    first, last = inside[0], inside[-1]
    low = 0 if first == 0 else optimize.brentq(excess, grid[first - 1], grid[first], xtol=1e-14)
    high = 1 if last == len(grid) - 1 else optimize.brentq(excess, grid[last], grid[last + 1], xtol=1e-14)
    return low, high


def row(values, low, high, half_width, confidence, looks):
    """Intervals of single looks, made the intersection of all looks until then."""
    x = (values - low) / (high - low)
    ends, best = {}, (0, 1)
    for n in range(1, len(x) + 1):
        now = interval(x[:n], half_width / (high - low), 1 - confidence)
        best = (max(best[0], now[0]), min(best[1], now[1]))
        if n in looks:
            ends[n] = [low + (high - low) * end for end in best]
    options = {"range": {"low": low, "high": high}, "halfWidth": half_width, "confidence": confidence}
    return {"values": values.tolist(), "options": options, "ends": ends}


rows = [
    row(random.normal(2, 6, 120).round(2), -100, 100, 4, 0.95, {1, 40, 80, 120}),
    row((random.random(60) < 0.1).astype(float), 0, 1, 0.1, 0.9, {5, 30, 60}),
    row(np.where(random.random(80) < 0.05, 100, random.normal(15, 3, 80)).round(2), 0, 100, 3, 0.99, {20, 50, 80}),
]
print(json.dumps({"scipy": scipy.__version__, "rows": rows}))
