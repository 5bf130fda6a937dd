import { InvalidInputError, type StudyAnalysis } from '@netspace/contracts';
import { analyseArm } from './analyse-arm.js';
import { bestOfResamplesByArm } from './best-of-resamples.js';
import { decideClaims } from './claims/decide-claims.js';
import { compareArms } from './compare-arms.js';
import { measuredArm } from './measured-arm.js';
import type { StudyResults } from './study-results.js';

/**
 * All that is computed from a study's results.
 *
 * It depends on what the results are, not on the order of records or of a population's networks: everything is computed
 * in the order of the networks' indexes. The analysis holds what plain JSON holds, and is the same after a way through it.
 *
 * @throws InvalidInputError where there is no arm, two share a name, a training has two records, or a network with a
 * result has no fit.
 * @example
 * import { analyseStudy } from '@netspace/analysis';
 * const sampling = { drawn: 90, accepted: 0, rejected: { flops: 90 } };
 * const population = { space: 'X', regime: {}, seed: 1, networks: [], sampling };
 * const space = { degreesOfFreedom: 16, size: '1.8e18' };
 * const arm = { name: 'X', setting: 'base', population, records: [], replicates: 1, chanceLoss: null, ...space };
 * const results = { arms: [arm], fits: {}, latencies: [], compare: 'first' as const, matched: false, claims: {} };
 * analyseStudy(results).arms[0]?.counts.trained; // => 0
 */
export function analyseStudy(results: StudyResults): StudyAnalysis {
  const { compare, matched, claims, latencies } = results;
  checkNames(results.arms.map(({ name }) => name));
  const arms = results.arms.map((arm) => measuredArm(arm, results));
  const best = bestOfResamplesByArm(arms);
  const analyses = arms.map((arm, index) => analyseArm(arm, best[index]!, latencies));
  const analysis = {
    arms: analyses,
    comparisons: compareArms(analyses, { compare, matched }),
  };
  return { ...analysis, claims: decideClaims(claims, analysis) };
}

function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new InvalidInputError({ key: 'arms', problem: 'got none', expected: 'at least one' });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidInputError({ key: 'arms', problem: `"${twice}" is there twice`, expected: 'distinct names' });
}
