"""
Independent values for the tests of @netspace/statistics: distribution functions and sample statistics of SciPy and
mpmath, chances that order statistics stay within bounds by Steck's determinant in exact fractions, and variance
components by quadratic forms.

    python3 -m pip install numpy scipy mpmath
    python3 tools/references/population_statistics.py > packages/statistics/src/fixtures/population-scipy.json
"""

import json
import sys
from fractions import Fraction


import mpmath
import numpy as np
import scipy
from scipy import stats

mpmath.mp.dps = 40
random = np.random.default_rng(12)


def beta_cdf(x, a, b):
    return float(mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True))


def normal_survival(z):
    return float(mpmath.erfc(mpmath.mpf(z) / mpmath.sqrt(2)) / 2)


def t_two_sided_p(t, freedom):
    t, freedom = mpmath.mpf(t), mpmath.mpf(freedom)
    return float(mpmath.betainc(freedom / 2, 0.5, 0, freedom / (freedom + t * t), regularized=True))


def steck(lower, upper):
    """P(lower[i] <= U_(i) <= upper[i] for all i): n! det of [(u_i - l_j)+^(j - i + 1) / (j - i + 1)!] (Steck, 1971)."""
    n = len(lower)
    lower, upper = [Fraction(x) for x in lower], [Fraction(x) for x in upper]
    matrix = [[Fraction(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(max(0, i - 1), n):
            power = j - i + 1
            value = Fraction(1)
            for k in range(1, power + 1):
                value *= max(Fraction(0), upper[i] - lower[j]) / k
            matrix[i][j] = value
    # The matrix is Hessenberg: its determinant by recursion over its leading minors.
    minors = [Fraction(1)]
    for j in range(n):
        sign, total = 1, Fraction(0)
        for i in range(j, -1, -1):
            total += sign * matrix[i][j] * minors[i]
            sign = -sign * (matrix[i][i - 1] if i > 0 else 1)
        minors.append(total)
    result = minors[n]
    for k in range(1, n + 1):
        result *= k
    return float(result)


def bounds(n, kind):
    """Random bounds that a sample may keep, as double precision has them."""
    ranks = np.arange(1, n + 1)
    if kind == "beta":
        return stats.beta.ppf(0.02, ranks, n - ranks + 1), stats.beta.ppf(0.98, ranks, n - ranks + 1)
    width = random.uniform(0.2, 0.6, 2)
    lower = np.sort(np.clip(ranks / n - width[0] - random.uniform(0, 0.1, n), 0, 1))
    upper = np.sort(np.clip((ranks - 1) / n + width[1] + random.uniform(0, 0.1, n), 0, 1))
    return lower, upper


def within_case(n, kind):
    lower, upper = bounds(n, kind)
    return {"lower": lower.tolist(), "upper": upper.tolist(), "chance": steck(lower, upper)}


def components(table):
    """Henderson's method 1: quadratic forms y' A y set equal to their expectations."""
    y = np.concatenate(table)
    groups = np.repeat(np.arange(len(table)), [len(group) for group in table])
    z = (groups[:, None] == np.arange(len(table))[None, :]).astype(float)
    ones = np.ones((len(y), 1))
    project = lambda m: m @ np.linalg.inv(m.T @ m) @ m.T
    a_within, a_between = np.eye(len(y)) - project(z), project(z) - project(ones)
    within = y @ a_within @ y / np.trace(a_within)
    between = (y @ a_between @ y - within * np.trace(a_between)) / np.trace(a_between @ z @ z.T)
    return {"within": within, "between": between, "icc": between / (between + within)}


def components_case(sizes):
    table = [(random.normal(0, 5) + random.normal(30, 2, size)).round(3) for size in sizes]
    return {"table": [group.tolist() for group in table], **components(table)}


def samples_case(m, n, digits):
    """Digits: few make ties."""
    a, b = random.gamma(2, 8, m).round(digits), random.gamma(3, 6, n).round(digits)
    u = stats.mannwhitneyu(a, b, method="asymptotic")
    brunner = stats.brunnermunzel(a, b)
    pairs = min(m, n)
    test = stats.ttest_rel(a[:pairs], b[:pairs])
    interval = test.confidence_interval(0.9)
    above, below = int((a[:pairs] > b[:pairs]).sum()), int((a[:pairs] < b[:pairs]).sum())
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "u": u.statistic,
        "u_p": u.pvalue,
        "brunner": brunner.statistic,
        "brunner_p": brunner.pvalue,
        "improvement": ((a[:, None] < b) + 0.5 * (a[:, None] == b)).mean(),
        "shift": float(np.median(np.subtract.outer(a, b))),
        "interquartile_mean": stats.trim_mean(a, 0.25),
        "paired": {"low_90": interval.low, "high_90": interval.high, "t_p": test.pvalue},
        "sign_p": stats.binomtest(above, above + below).pvalue,
    }


betas = [(0.5, 0.5), (1, 8), (8, 1), (3, 0.5), (50, 0.5), (20.5, 7.25), (500, 501), (2, 1000), (1000, 2)]
points = [1e-6, 0.001, 0.03, 0.3, 0.48, 0.5, 0.7, 0.95, 0.999]
json.dump(
    {
        "source": f"tools/references/population_statistics.py: SciPy {scipy.__version__}, NumPy {np.__version__}, "
        f"mpmath {mpmath.__version__}",
        "normal": [{"z": z, "survival": normal_survival(z)} for z in [-9, -3, -1.5, -1e-3, 0, 0.7, 1.96, 2.999, 3, 3.001, 6, 20, 37]],
        "beta": [{"x": x, "a": a, "b": b, "cdf": beta_cdf(x, a, b)} for a, b in betas for x in points],
        "t": [
            {"t": t, "freedom": freedom, "p": t_two_sided_p(t, freedom)}
            for freedom in [1, 2, 3.7, 10, 100, 1000]
            for t in [0.01, 0.8, 2.1, 9, 60]
        ],
        "ks": [
            {"n": n, "confidence": confidence, "half_width": stats.kstwo.ppf(confidence, n)}
            for n in [1, 2, 3, 10, 57, 140]
            for confidence in [0.5, 0.95, 0.999]
        ],
        "within": [within_case(n, kind) for n in [1, 2, 3, 7, 20, 45] for kind in ["beta", "any"]],
        "components": [components_case(sizes) for sizes in [[2, 2, 2], [1, 4, 2, 1, 1, 3, 2], [5, 1, 1, 1], [3] * 6 + [1] * 12]],
        "samples": [samples_case(m, n, d) for m, n, d in [(5, 7, 2), (12, 9, 0), (31, 40, -1), (60, 25, 1), (9, 9, 3)]],
    },
    sys.stdout,
    indent=1,
)
print()
