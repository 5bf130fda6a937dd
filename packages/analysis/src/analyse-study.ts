import { type ArmAnalysis, InvalidInputError, type StudyAnalysis } from '@netspace/contracts';
import { analyseArm } from './analyse-arm.js';
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
  const analysis = { arms: analyseArms(results), comparisons: compareArms(results) };
  return { ...analysis, claims: decideClaims(results.claims, analysis) };
}

/**
 * All that is computed of each arm by itself.
 *
 * @throws InvalidInputError as {@link analyseStudy}.
 * @example
 * import { analyseArms } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * analyseArms(madeStudy([madeArm('A', [{ error: 12 }, { error: 11 }])]))[0]?.errors?.min; // => 11
 */
export function analyseArms(results: Pick<StudyResults, 'arms' | 'fits' | 'latencies'>): ArmAnalysis[] {
  checkNames(results.arms.map(({ name }) => name));
  return results.arms.map((arm) => analyseArm(measuredArm(arm, results), results.latencies));
}

function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new InvalidInputError({ key: 'arms', problem: 'got none', expected: 'at least one' });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidInputError({ key: 'arms', problem: `"${twice}" is there twice`, expected: 'distinct names' });
}
