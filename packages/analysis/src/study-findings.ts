import type {
  ArmAnalysis,
  ArmFindings,
  BestOf,
  BestOfCurve,
  EdfBand,
  EdfBandBounds,
  EdfStep,
  StudyAnalysis,
  StudyFindings,
} from '@netspace/contracts';
import { errorEdf } from '@netspace/statistics';
import { bestFirst } from './chosen-by.js';
import { measuredArm } from './measured-arm.js';
import { failuresOf } from './network-results.js';
import { parameterValues } from './parameter-series.js';
import type { ArmResults, StudyResults } from './study-results.js';

/**
 * What was computed in an analysis: all of it but what only repeats the networks' results, or puts them in order. It is a
 * fraction as large.
 *
 * @example
 * import { analyseStudy, findingsOf } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const analysis = analyseStudy(madeStudy([madeArm('A', [{ error: 12 }, { error: 11 }])]));
 * findingsOf(analysis).arms[0]?.bestOf.expected; // => [11.5, 11]
 */
export function findingsOf({ arms, ...others }: StudyAnalysis): StudyFindings {
  return { ...others, arms: arms.map(armFindings) };
}

function armFindings(arm: ArmAnalysis): ArmFindings {
  const { band, bestOf, parameters } = arm;
  return {
    ...without(arm, ['networks', 'failures', 'edf']),
    band: band && {
      below: band.below,
      lower: band.steps.map(({ lower }) => lower),
      upper: band.steps.map(({ upper }) => upper),
    },
    bestOf: {
      expected: bestOf.map(({ expected }) => expected),
      median: bestOf.map(({ median }) => median),
      low: bestOf.map(({ interval }) => interval.low),
      high: bestOf.map(({ interval }) => interval.high),
    },
    parameters: parameters.map((parameter) => without(parameter, ['values'])),
  };
}

function without<Value extends object, Key extends keyof Value>(value: Value, left: readonly Key[]): Omit<Value, Key> {
  const kept = Object.entries(value).filter(([key]) => !left.includes(key as Key));
  return Object.fromEntries(kept) as Omit<Value, Key>;
}

/**
 * The analysis whose findings were kept: {@link findingsOf} the other way.
 *
 * @param results - What was analysed.
 * @throws InvalidInputError as {@link analyseStudy}.
 * @example
 * import { analyseStudy, analysisOf, findingsOf } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const study = madeStudy([madeArm('A', [{ error: 12 }, { error: 11 }])]);
 * const { arms } = analysisOf(findingsOf(analyseStudy(study)), study);
 * arms[0]?.networks.map(({ error }) => error); // => [11, 12]
 */
export function analysisOf(
  { arms, ...others }: StudyFindings,
  results: Pick<StudyResults, 'arms' | 'fits'>,
): StudyAnalysis {
  return { ...others, arms: arms.map((arm, index) => armAnalysis(arm, results.arms[index]!, results.fits)) };
}

function armAnalysis(findings: ArmFindings, arm: ArmResults, fits: StudyResults['fits']): ArmAnalysis {
  const { networks, results, chosenBy } = measuredArm(arm, { fits });
  const ranked = bestFirst(results, chosenBy);
  const edf = results.length === 0 ? [] : errorEdf(results.map(({ error }) => error));
  const values = parameterValues(
    ranked,
    findings.parameters.map(({ name }) => name),
  );
  return {
    ...findings,
    ...{ networks: ranked, failures: failuresOf(networks), edf },
    band: findings.band && bandOf(findings.band, edf),
    bestOf: bestOfPoints(findings.bestOf),
    parameters: findings.parameters.map((parameter, index) => ({ ...parameter, values: values[index]! })),
  };
}

function bandOf({ below, lower, upper }: EdfBandBounds, edf: readonly EdfStep[]): EdfBand {
  return { below, steps: edf.map(({ error }, index) => ({ error, lower: lower[index]!, upper: upper[index]! })) };
}

function bestOfPoints({ expected, median, low, high }: BestOfCurve): BestOf[] {
  return expected.map((error, index) => ({
    ...{ networks: index + 1, expected: error, median: median[index]! },
    interval: { low: low[index]!, high: high[index]! },
  }));
}
