/**
 * A claim: of 100 networks of a population no more than two fail to train, by divergence or by not learning. Errors of
 * more say something of the recipe rather than of the space.
 *
 * The evidence is made of the study's analysis (packages/contracts/src/study-analysis.ts), once for each arm; netspace
 * corrects the p-values for all claims of the study and finds the verdict.
 */
const margin = 0.02;

/** Chance of k successes in n trials of probability p. */
function binomial(k, n, p) {
  let chance = (1 - p) ** n;
  for (let i = 1; i <= k; i++) chance *= ((n - i + 1) / i) * (p / (1 - p));
  return chance;
}

/** Chance of low to high successes in n trials of probability p. */
function binomialBetween(low, high, n, p) {
  let sum = 0;
  for (let k = low; k <= high; k++) sum += binomial(k, n, p);
  return Math.min(1, sum);
}

function evidenceOf({ name, counts: { trained, untrained, diverged } }) {
  const failed = untrained + diverged;
  return {
    where: name,
    statistic: 'networks that diverge or do not learn',
    unit: 'share of networks',
    effect: failed / trained,
    interval: null,
    test: 'one-sided binomial tests',
    margin,
    falseP: binomialBetween(0, failed, trained, margin),
    trueP: binomialBetween(failed, trained, trained, margin),
    networks: trained,
  };
}

export const claims = {
  'networks-train': {
    statement: 'At most 2 % of the networks do not train.',
    source: 'this example',
    evidence: ({ arms }) => arms.filter(({ counts }) => counts.trained > 0).map(evidenceOf),
  },
};
