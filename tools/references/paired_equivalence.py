"""The fixture of packages/statistics/src/paired-equivalence.test.ts: two one-sided t-tests of pairs, by SciPy.

python3 tools/references/paired_equivalence.py > packages/statistics/src/fixtures/paired-equivalence.json
"""

import json
import random

from scipy.stats import ttest_1samp

drawn = random.Random(1)
rows = []
for pairs, shift, spread, margin in [
    (2, 0, 1, 1), (3, 0.2, 0.5, 1), (5, -0.4, 1, 1), (12, 0.9, 0.3, 1), (24, 0.1, 2, 1),
    (24, -0.3, 1, 1), (48, 0.5, 1.5, 1), (48, 1.4, 1, 1), (48, 0, 0.2, 0.5), (200, -2, 4, 3),
]:  # fmt: skip
    values = [[drawn.gauss(20, 5), 0.0] for _ in range(pairs)]
    for pair in values:
        pair[1] = pair[0] - drawn.gauss(shift, spread)
    differences = [first - second for first, second in values]
    p = max(
        ttest_1samp(differences, -margin, alternative="greater").pvalue,
        ttest_1samp(differences, margin, alternative="less").pvalue,
    )
    rows.append({"pairs": values, "margin": margin, "p": float(p)})
print(json.dumps(rows))
