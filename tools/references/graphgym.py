"""
Independent values for docs/results/graphgym: pairs of networks that differ in one column only, compared by SciPy.

    python3 -m pip install numpy scipy
    python3 tools/references/graphgym.py > packages/cli/src/fixtures/graphgym.json
"""

import csv
import gzip
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

MARGIN = 1.0  # percentage points
table = pathlib.Path(__file__).parents[2] / "docs/results/graphgym/networks.csv.gz"
rows = list(csv.DictReader(gzip.open(table, "rt")))
design = list(rows[0])[1:19]  # from format to epoch
assert design[0] == "format" and design[-1] == "epoch"

compared = []
for dimension in ["bn", "act", "drop", "agg", "stage"]:
    own = [row for row in rows if row["sample"] == dimension]
    values = list(dict.fromkeys(row[dimension] for row in own))
    for other, first in ((b, a) for b, a in itertools.product(values, values) if values.index(a) < values.index(b)):
        errors = [{}, {}]
        for side, value in enumerate([first, other]):
            for row in own:
                key = tuple(row[column] for column in design if column != dimension)
                if row[dimension] == value:
                    errors[side][key] = 100 * (1 - float(row["accuracy"]))
        pairs = [(errors[0][key], errors[1][key]) for key in errors[0] if key in errors[1]]
        difference = np.array([a - b for a, b in pairs])
        better, worse = int(np.sum(difference > 1e-9)), int(np.sum(difference < -1e-9))
        interval = stats.ttest_1samp(difference, 0).confidence_interval()
        share = stats.binomtest(better, better + worse)
        exact = share.proportion_ci(method="exact")
        compared.append(
            {
                "dimension": dimension,
                "values": [first, other],
                "pairs": len(pairs),
                "difference": float(difference.mean()),
                "interval": [float(interval.low), float(interval.high)],
                "improved": better / (better + worse),
                "improvedInterval": [float(exact.low), float(exact.high)],
                "signP": float(share.pvalue),
                "equivalenceP": max(
                    float(stats.ttest_1samp(difference, -MARGIN, alternative="greater").pvalue),
                    float(stats.ttest_1samp(difference, MARGIN, alternative="less").pvalue),
                ),
            }
        )
for p, adjusted in (("signP", "adjustedSignP"), ("equivalenceP", "adjustedEquivalenceP")):
    order = np.argsort([one[p] for one in compared], kind="stable")
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, compared[index][p] * (len(compared) - rank)))
        compared[index][adjusted] = highest
print(json.dumps(compared, indent=1))
