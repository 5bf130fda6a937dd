import type { ArmAnalysis, Latencies, StudyAnalysis } from '@netspace/contracts';
import { analyseArm } from './analyse-arm.js';
import { decideClaims } from './claims/decide-claims.js';
import { compareArms } from './compare-arms.js';
import { comparedArm } from './compared-arm.js';
import { measureArms, type MeasuredArm } from './measured-arm.js';
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
  const measured = measureArms(results);
  const analysis = {
    arms: analyseArms(measured, results.latencies),
    comparisons: compareArms(measured.map(comparedArm), results),
  };
  return { ...analysis, claims: decideClaims(results.claims, analysis) };
}

/**
 * All that is computed of each arm by itself.
 *
 * @example
 * import { analyseArms, measureArms } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const measured = measureArms(madeStudy([madeArm('A', [{ error: 12 }, { error: 11 }])]));
 * analyseArms(measured, [])[0]?.errors?.min; // => 11
 */
export function analyseArms(arms: readonly MeasuredArm[], latencies: Latencies): ArmAnalysis[] {
  return arms.map((arm) => analyseArm(arm, latencies));
}
