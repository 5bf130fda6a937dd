"""Reference values for refining: the anytime-valid t-interval by numerical integration, ridge regression by scikit-learn.

Run: python tools/references/refinement.py > packages/statistics/src/fixtures/refinement.json
Needs numpy, scipy and scikit-learn.
"""

import json
import math

import numpy as np
from scipy import integrate, optimize, stats
from sklearn.linear_model import Ridge
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def bayes_factor(t, n, prior_variance):
    """Of the effect in standard deviations, normal with the variance, against none: noncentral t over central t."""
    deviation = math.sqrt(prior_variance)

    def density(effect):
        return stats.nct.pdf(t, n - 1, math.sqrt(n) * effect) * stats.norm.pdf(effect, 0, deviation)

    peak = t / math.sqrt(n)
    ends = sorted([peak - 12 * deviation, peak + 12 * deviation, -12 * deviation, 12 * deviation])
    points = [peak, 0]
    total, _ = integrate.quad(density, ends[0], ends[-1], points=points, limit=400, epsabs=1e-14, epsrel=1e-11)
    return total / stats.t.pdf(t, n - 1)


def multiple(n, confidence, narrow_at):
    limit = math.log(1 / (1 - confidence))
    prior_variance = (2 * limit + math.log(2 * limit) + 1) / narrow_at
    return optimize.brentq(lambda t: math.log(bayes_factor(t, n, prior_variance)) - limit, 1e-3, 60, xtol=1e-10)


def ridge_row(seed, n, columns):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, columns)) * rng.uniform(0.1, 10, columns) + rng.normal(size=columns)
    y = x @ rng.normal(size=columns) * 0.3 + rng.normal(size=n) * 2 + 50
    largest = np.linalg.svd(StandardScaler().fit_transform(x), compute_uv=False)[0] ** 2
    best = None
    for share in 10.0 ** (-6 + np.arange(29) / 4):
        # Standardisation is of all points, as the leverages have it: it is not learnt anew for each left out.
        z = StandardScaler().fit_transform(x)
        left_out = y - cross_val_predict(Ridge(alpha=share * largest), z, y, cv=LeaveOneOut())
        error = float((left_out**2).sum())
        if best is None or error < best[0]:
            best = (error, share * largest)
    error, penalty = best
    model = make_pipeline(StandardScaler(), Ridge(alpha=penalty)).fit(x, y)
    points = rng.normal(size=(3, columns))
    of_mean = float(((y - y.mean()) ** 2).sum() * (n / (n - 1)) ** 2)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "penalty": float(penalty),
        "r2": 1 - error / of_mean,
        "points": points.tolist(),
        "predicted": model.predict(points).tolist(),
    }


multiples = [
    {"n": n, "confidence": c, "narrowAt": at, "multiple": multiple(n, c, at)}
    for n, c, at in [(8, 0.9, 20), (12, 0.95, 40), (20, 0.95, 20), (40, 0.95, 40), (40, 0.99, 100), (100, 0.975, 50)]
]
print(json.dumps({"multiples": multiples, "ridge": [ridge_row(5, 12, 3), ridge_row(2, 30, 5), ridge_row(3, 9, 12)]}, indent=2))
